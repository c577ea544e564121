package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.verification.endtoend.Reedact.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The example, as `make demo` renders it. */
class StorefrontTest {
    private static final Path EXAMPLE =
            Path.of("../../examples/storefront").toAbsolutePath().normalize();

    private static Reedact render(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "render",
                EXAMPLE.resolve("page/index.peb").toString(),
                "--context",
                EXAMPLE.resolve("data/page.json").toString()));
        words.addAll(List.of(more));
        return Reedact.command(words.toArray(String[]::new));
    }

    @Test
    void thePageIsTheSameByteForByteWhateverTheHostsSettings() throws IOException {
        String expected = Files.readString(EXAMPLE.resolve("expected/index.html"));
        for (String zone : List.of("UTC", "Pacific/Kiritimati", "America/New_York")) {
            Result result = render().with("TZ", zone)
                    .with("LANG", zone.equals("UTC") ? "C" : "tr_TR.UTF-8")
                    .with("LC_ALL", zone.equals("UTC") ? "C" : "tr_TR.UTF-8")
                    .run();
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).isEqualTo(expected);
        }
    }

    @Test
    void itsBlocksAreOfThreeLanguagesAndEachRanInAJailWithAllLayers() {
        Result result = render("--json").run();
        List<?> blocks = (List<?>) result.json("blocks");
        Set<Object> languages = new TreeSet<>();
        for (int i = 0; i < blocks.size(); i++) {
            languages.add(result.json("blocks", i, "language"));
            assertThat((List<?>) result.json("blocks", i, "isolation", "layers"))
                    .hasSize(21);
        }
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(9);
        assertThat(languages).containsExactly("javascript", "php", "python");
    }
}
