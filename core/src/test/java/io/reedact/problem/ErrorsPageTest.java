package io.reedact.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsPageTest {
    @TempDir
    Path folder;

    @Test
    void docsErrorsIsTheCatalogue() throws IOException {
        assertThat(Files.readString(Path.of("../docs/errors.md")))
                .as("write it anew: java -cp core/target/classes io.reedact.problem.ProblemCatalogue docs/errors.md")
                .isEqualTo(ProblemCatalogue.markdown());
    }

    @Test
    void theCatalogueCanBeWritten() throws IOException {
        Path page = folder.resolve("errors.md");
        ProblemCatalogue.main(new String[] {page.toString()});
        assertThat(page).hasContent(ProblemCatalogue.markdown());
    }
}
