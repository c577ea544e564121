package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;

import io.pebbletemplates.pebble.extension.escaper.EscapeFilter;
import io.reedact.execution.Outcome;
import io.reedact.templates.PageFailedException;
import io.reedact.templates.PageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value never becomes code, wherever it comes in and wherever it goes. */
@Tag("jail")
@Timeout(180)
@ExtendWith(OpenJails.class)
class HostilePageTest {
    private static final List<String> HOSTILE = List.of(
            "'",
            "\"",
            "\\",
            "`",
            "'; raise SystemExit(9); '",
            "\"\"\" + open('/x') + \"\"\"",
            "?><?php exit(9); ?>",
            "<?= 1 ?>",
            "</script><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "&amp;&lt;",
            "${process.exit(9)}",
            "#{1+1}",
            "{$x}",
            "{{ 7 * 7 }}",
            "{% reedact python %}raise SystemExit(9){% endreedact %}",
            "{% endreedact %}",
            "endreedact",
            "{# #}",
            "a\nb\r\nc\rd",
            "a\0b",
            "\u2028\u2029\ufeff",
            "reedact_1",
            "*/ //",
            "\ud83d\ude00 \u202e");

    private static String escaped(String text) {
        return new EscapeFilter().apply(text, Map.of(), null, null, 0).toString();
    }

    private static String block(String language, String rest, String body) {
        return "{% reedact " + language + rest + " %}" + body + "{% endreedact %}";
    }

    @ParameterizedTest
    @CsvSource({
        "python, return [{{ v }}] + v, return v, raise ValueError(v[0])",
        "php, 'return [{{ v }}, ...$v];', return $v;, throw new Exception($v[0]);",
        "javascript, 'return [{{ v }}, ...v]', return v, throw new Error(v[0])",
    })
    void everyHostileTextComesBackUnchangedAndEscaped(String language, String both, String back, String fail) {
        List<String> texts = new ArrayList<>(HOSTILE);
        texts.add("<" + "x".repeat(1_000_000) + "'\"{{");
        StringBuilder expected = new StringBuilder();
        texts.forEach(text -> expected.append(escaped(text)).append('|'));
        String all = "{% for t in r %}{{ t }}|{% endfor %}";

        assertThat(Pages.of(block(language, " as r with v", back) + all)
                        .with("v", texts)
                        .html())
                .as("inputs and results")
                .isEqualTo(expected.toString());
        assertThat(Pages.of(block(language, " as r", back.replace("$v", "v").replace("v", "{{ v }}")) + all)
                        .with("v", texts)
                        .html())
                .as("holes")
                .isEqualTo(expected.toString());
        assertThat(Pages.of(block(language, " as r with v", back)
                                + block("js", " as s with r", "return r")
                                + block(language, " with s as v", back.replace("v", "v[24]")))
                        .with("v", texts)
                        .html())
                .as("through several blocks, and printed in place")
                .isEqualTo(escaped(texts.get(24)));
        for (String text : HOSTILE) {
            PageFailedException failure = Pages.of("text" + block(language, " as r with v", fail))
                    .with("v", List.of(text))
                    .failure();
            PageFailure.Block failed = (PageFailure.Block) failure.failure();
            assertThat(((Outcome.Failed) failed.run().outcome()).error().message())
                    .as("messages")
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({"python, return v", "php, return $v;", "javascript, return v"})
    void tenMegabytesPass(String language, String back) {
        String text = "<'\"".repeat(10 * (1 << 20) / 3);
        assertThat(Pages.of(block(language, " as r with v", back) + "{{ r | length }}{{ r | slice(0, 3) }}")
                        .with("v", text)
                        .html())
                .isEqualTo(text.length() + "&lt;&#39;&quot;");
    }
}
