package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java that is shown works as it is written, with the jars of build/reedact/lib and nothing else. */
@Tag("jail")
class EmbeddingTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "README.md, 1, 7",
        "README.md, 2, '<p>On average 5, at most 8.</p>'",
        "docs/templates.md, 1, '<p>On average 5, at most 8.</p>'"
    })
    void whatIsShownGivesWhatItSays(String document, int number, String printed) throws IOException {
        Files.writeString(folder.resolve("page.peb"), firstPageOfTheGuide());
        Files.writeString(folder.resolve("Shown.java"), program(shown(document, number)));
        Reedact.Result result = Reedact.shell("exec '" + System.getProperty("java.home")
                        + "/bin/java' --source 17 -cp '" + Reedact.BUILD.resolve("lib") + "/*' Shown.java")
                .in(folder)
                .run();
        assertThat(result.out().strip()).as(result.err()).isEqualTo(printed);
        assertThat(result.status()).isZero();
    }

    private static String firstPageOfTheGuide() {
        return GuideExample.of(Reedact.PROJECT.resolve("docs/templates.md"))
                .get(0)
                .files()
                .get("page.peb");
    }

    private static String shown(String document, int number) throws IOException {
        List<MatchResult> fences = FENCE.matcher(Files.readString(Reedact.PROJECT.resolve(document)))
                .results()
                .toList();
        return fences.get(number - 1).group(1);
    }

    /** What is shown are imports, and then the body of a method. */
    private String program(String shown) {
        int body = shown.indexOf("\n\n");
        return shown.substring(0, body)
                + "\n\nclass Shown {\n    public static void main(String[] none) throws Exception {"
                + shown.substring(body).replace("/srv/shop/templates", folder.toString())
                + "    }\n}\n";
    }
}
