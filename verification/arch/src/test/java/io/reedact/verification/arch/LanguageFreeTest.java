package io.reedact.verification.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A language is a folder below runtimes/: no code of ours, Java or C, may know one by name. */
class LanguageFreeTest {
    private static final Path PROJECT = Path.of("../..");
    private static final List<String> SOURCES =
            List.of("core/src/main", "jailer/src", "templates/blocks/src/main", "templates/pebble/src/main");

    @Test
    void noCodeNamesALanguage() throws IOException {
        assertThat(linesThatName(names())).isEmpty();
    }

    @Test
    void aNameThatIsInTheCodeWouldBeFound() throws IOException {
        assertThat(linesThatName(List.of("user-namespace"))).isNotEmpty();
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> runtimes = Files.list(PROJECT.resolve("runtimes"))) {
            List<String> names =
                    runtimes.map(path -> path.getFileName().toString()).toList();
            assertThat(names).contains("python", "php", "javascript");
            return names;
        }
    }

    /** Lines of code, not of comments, that hold one of the words as a text of its own; help texts may give examples. */
    private static List<String> linesThatName(List<String> words) throws IOException {
        List<String> found = new ArrayList<>();
        for (String source : SOURCES) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(source))) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|c|h)"))
                        .toList()) {
                    for (String line : Files.readAllLines(file)) {
                        String code = line.strip().toLowerCase(Locale.ROOT);
                        boolean isComment = code.startsWith("*") || code.startsWith("/*") || code.startsWith("//");
                        if (!isComment && words.stream().anyMatch(word -> code.contains("\"" + word + "\""))) {
                            found.add(file + ": " + line.strip());
                        }
                    }
                }
            }
        }
        return found;
    }
}
