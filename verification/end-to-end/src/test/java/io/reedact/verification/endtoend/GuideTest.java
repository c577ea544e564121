package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guides for authors of templates show is what happens. */
@Tag("jail")
class GuideTest {
    @TempDir
    Path folder;

    static Stream<GuideExample> examples() {
        return Stream.of("docs/templates.md", "docs/holes.md")
                .flatMap(guide -> GuideExample.of(Reedact.PROJECT.resolve(guide)).stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void anExampleGivesWhatStandsBehindIt(GuideExample example) throws IOException {
        for (Map.Entry<String, String> file : example.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        List<GuideExample.Command> found = example.commands().stream()
                .map(command -> new GuideExample.Command(command.line(), said(command.line())))
                .toList();
        assertThat(found).as(example.place()).isEqualTo(example.commands());
    }

    @Test
    void theReadmeBeginsWithTheSamePage() throws IOException {
        GuideExample first =
                GuideExample.of(Reedact.PROJECT.resolve("docs/templates.md")).get(0);
        assertThat(Files.readString(Reedact.PROJECT.resolve("README.md")))
                .contains(first.files().get("page.peb"))
                .contains(first.commands().get(0).output());
    }

    private String said(String line) {
        String script = "PATH=\"" + Reedact.LAUNCHER.getParent() + ":$PATH\"\nexec 2>&1\n" + line;
        String said = Reedact.shell(script).in(folder).run().out();
        return said.isEmpty() || said.endsWith("\n") ? said : said + "\n";
    }
}
