package io.reedact.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What interpreters have said about themselves, so that they are not started again to be asked: one line each, keyed by
 * path, size and time of change. Only speed hangs on the file: one that is missing, broken or not to be written is as good
 * as empty.
 */
final class InstallationCache {
    private static final String FORMAT = "2";
    private static final int FIELDS = 7;

    private final Path file;

    InstallationCache(Path file) {
        this.file = file;
    }

    @Nullable
    Installation find(Path interpreter) throws IOException {
        String key = key(interpreter);
        for (String line : lines()) {
            String[] fields = line.split("\t", -1);
            if (fields.length == FIELDS && line.startsWith(key)) {
                List<String> libraries = fields[6].isEmpty() ? List.of() : List.of(fields[6].split(":"));
                return new Installation(interpreter, fields[4], fields[5], libraries);
            }
        }
        return null;
    }

    void add(Installation found) throws IOException {
        String prefix = FORMAT + "\t" + found.interpreter() + "\t";
        String line = key(found.interpreter()) + found.version() + "\t" + found.loader() + "\t"
                + String.join(":", found.libraries());
        boolean fits = line.split("\t", -1).length == FIELDS && line.indexOf('\n') < 0;
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(old -> old.startsWith(prefix));
        lines.add(line);
        if (fits) {
            write(String.join("\n", lines) + "\n");
        }
    }

    private static String key(Path interpreter) throws IOException {
        BasicFileAttributes now = Files.readAttributes(interpreter, BasicFileAttributes.class);
        return FORMAT + "\t" + interpreter + "\t" + now.size() + "\t"
                + now.lastModifiedTime().toMillis() + "\t";
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of(); // as good as empty
        }
    }

    private void write(String text) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "interpreters-", ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return; // the next process asks again
        }
    }
}
