package io.reedact.templates.pebble;

import static org.assertj.core.api.Assertions.assertThat;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.reedact.engine.Jails;
import io.reedact.templates.PreparedTemplate;
import io.reedact.templates.TemplateText;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewriterTest {
    /** Pieces of page text, each whole by itself. */
    private static final List<String> PIECES = List.of(
            "text",
            " ",
            "\n",
            "\r\n",
            "\t",
            "ü\ud83d\ude00",
            "{",
            "}",
            "%}",
            "}}",
            "#}",
            "{ {",
            "'",
            "\"",
            "{{ name }}",
            "{{- name -}}",
            "{{ name | upper }}",
            "{{ '}}' }}",
            "{# {% reedact %} #}",
            "{% verbatim %}{{ {% reedact x %} {% endverbatim %}",
            "{% if name %}yes{% else %}no{% endif %}",
            "{% for i in list %}{{ i }},{% endfor %}",
            "{%- set x = '%}' -%}",
            "{{ x }}",
            "<script>if (a < b && {a: {b: 1}}) {}</script>");

    private static Jails jails;

    @BeforeAll
    static void open() {
        jails = Jails.open(); // nothing is run
    }

    @AfterAll
    static void close() {
        jails.close();
    }

    private static String rewritten(String text) {
        return PebbleRewriter.rewrite(PreparedTemplate.of(new TemplateText("page.peb", text), jails, "default"));
    }

    /** Null where the engine can't read it: two pieces can make a brace too many. */
    private static @Nullable String rendered(String text) throws IOException {
        StringWriter page = new StringWriter();
        try {
            new PebbleEngine.Builder()
                    .build()
                    .getLiteralTemplate(text)
                    .evaluate(page, Map.of("name", "<n>", "list", List.of(1, 2)));
        } catch (PebbleException e) {
            return null;
        }
        return page.toString();
    }

    /** Text with no block in it is not touched; what is around blocks comes out as if each were a tag that prints nothing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsOutsideOfBlocksComesOutByteForByte(int seed) throws IOException {
        Random random = new Random(seed);
        int compared = 0;
        for (int round = 0; round < 150; round++) {
            StringBuilder plain = new StringBuilder();
            StringBuilder paired = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                plain.append(piece);
                paired.append(piece);
                if (random.nextInt(3) == 0) {
                    String before = random.nextBoolean() ? "{%-" : "{%";
                    String after = random.nextBoolean() ? "-%}" : "%}";
                    plain.append(before).append(" set z = 1 ").append(after);
                    paired.append(before)
                            .append(" reedact js as z -%}\n  {% if }} {# '\"\n{%- endreedact ")
                            .append(after);
                }
            }
            assertThat(rewritten(plain.toString())).isEqualTo(plain.toString());
            String expected = rendered(plain.toString());
            if (expected != null) {
                compared++;
                String stubbed = rewritten(paired.toString()).replaceAll("reedact_start\\('[^']*', \\{}, \\{}\\)", "1");
                assertThat(rendered(stubbed)).as(paired.toString()).isEqualTo(expected);
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    @Test
    void everyLineKeepsItsNumber() {
        String text = "one\n{% reedact js as x with\n  a.b as c,\n  d %}\nfour {{ e.f }}\n{% endreedact %}\nseven";
        String[] lines = rewritten(text).split("\n", -1);
        assertThat(lines).hasSize(7);
        assertThat(lines[2]).contains("(a.b)");
        assertThat(lines[4]).contains("(e.f)");
        assertThat(lines[5]).endsWith(" %}");
        assertThat(lines[6]).isEqualTo("seven");
    }
}
