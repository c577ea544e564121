package io.reedact.cli;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files that a command line names. */
final class HostFiles {
    private HostFiles() {}

    /** The bytes of a file, or of stdin where the name is {@code -}. */
    static byte[] bytes(String name, InputStream stdin) {
        try {
            return name.equals("-") ? stdin.readAllBytes() : Files.readAllBytes(Path.of(name));
        } catch (IOException | InvalidPathException e) {
            throw unreadable(name, reason(name, e), e);
        }
    }

    /** The text of a file, or of stdin where the name is {@code -}. */
    static String text(String name, InputStream stdin) {
        byte[] bytes = bytes(name, stdin);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable(name, "it is not UTF-8", e);
        }
    }

    /** Why a file can't be read or written, for a person. */
    static String reason(String name, Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof IOException && Files.isDirectory(Path.of(name))) {
            return "it is a directory";
        }
        return String.valueOf(e.getMessage());
    }

    private static RequestException unreadable(String name, String reason, Exception cause) {
        String message = "can't read '" + name + "': " + reason;
        return new RequestException(
                new Problem(ProblemCode.CLI_FILE_UNREADABLE, message, Location.of(name), null), cause);
    }
}
