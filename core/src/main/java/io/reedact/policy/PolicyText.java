package io.reedact.policy;

import io.reedact.policy.toml.PreparedFiles;
import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.TomlReader;
import io.reedact.problem.Location;
import io.reedact.problem.PolicyFileException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.SourceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy file as text and as a table. */
record PolicyText(SourceText source, Table table) {
    /** No policy is that long; whoever names a device or a disk image gets an answer. */
    private static final long LONGEST = 1 << 20;

    static final TomlReader.Grammar GRAMMAR =
            new TomlReader.Grammar(ProblemCode.POLICY_SYNTAX, ProblemCode.DUPLICATE_KEY);

    /**
     * Reads and parses a file.
     *
     * @param shown the file as its reader knows it
     * @param prepared files that need no parsing
     * @param problems take what breaks the grammar
     * @throws PolicyFileException if it can't be read at all
     */
    static PolicyText parse(Path path, String shown, PreparedFiles prepared, List<Problem> problems) {
        byte[] bytes = read(path, shown);
        SourceText source = new SourceText(shown, decode(bytes, shown));
        Table table = prepared.find(String.valueOf(path.getFileName()), bytes, source);
        return new PolicyText(source, table == null ? TomlReader.read(source, GRAMMAR, problems) : table);
    }

    private static byte[] read(Path path, String shown) {
        try {
            if (!Files.isRegularFile(path)) {
                throw unreadable(shown, "is not a file", null);
            }
            if (Files.size(path) > LONGEST) {
                throw unreadable(shown, "is longer than 1MiB", null);
            }
            return Files.readAllBytes(path);
        } catch (AccessDeniedException e) {
            throw unreadable(shown, "may not be read by this user", e);
        } catch (IOException e) {
            throw unreadable(shown, "can't be read: " + e.getMessage(), e);
        }
    }

    /** A strict decoder is slow in a fresh JVM; the lenient one is not, and marks what it could not read. */
    private static String decode(byte[] bytes, String shown) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable(shown, "is not UTF-8", e);
        }
    }

    private static PolicyFileException unreadable(String shown, String why, @Nullable Throwable cause) {
        Location location = Location.of(shown);
        return new PolicyFileException(
                new Problem(ProblemCode.POLICY_UNREADABLE, shown + " " + why, location, null), cause);
    }
}
