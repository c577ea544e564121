package io.reedact.templates;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.problem.Problem;
import io.reedact.templates.BlockTag.Input;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateScannerTest {
    private static Scan scan(String text) {
        return TemplateScanner.scan(new TemplateText("page.peb", text));
    }

    private static BlockTag only(String text) {
        Scan scan = scan(text);
        assertThat(scan.problems()).isEmpty();
        return scan.blocks().get(0);
    }

    private static List<String> problems(String text) {
        return scan(text).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void bothHeadFormsMeanTheSame() {
        for (String head :
                List.of("reedact php as taxed", "reedACT taxed via map | php", "REEDACT taxed via map|php")) {
            BlockTag block = only("a {% " + head + " %}return 1;{% endreedact %} b");
            assertThat(block.language().text()).isEqualTo("php");
            assertThat(block.name().text()).isEqualTo("taxed");
            assertThat(block.raw()).isFalse();
            assertThat(block.start()).isEqualTo(2);
        }
        assertThat(only("{% reedact t via map | js raw with x %}{% endreedact t %}")
                        .raw())
                .isTrue();
    }

    @Test
    void aBodyMayHoldAnythingButItsEnd() {
        String body = "x = '{%d}' % 5; {# no comment #} \"{% if %}\" {% verbatim %} {{ '{{' }} {% reedact %}";
        String text = "{% reedact python raw as x %}" + body + "{%- endreedact -%}";
        BlockTag block = only(text);
        assertThat(text.substring(block.bodyStart(), block.bodyEnd())).isEqualTo(body);
        assertThat(block.trimsAfter()).isTrue();
        assertThat(block.trimsBefore()).isFalse();
    }

    @Test
    void inputsAreNamesOrNamedExpressions() {
        BlockTag block = only(
                "{% reedact python as x with orders, shop.items | sort as items, {\"a\": [1, 2]} as a,"
                        + " \"a, b as c timeout=\" as text, a == b as same policy=\"strict\" fallback={\"a\": \"%}\"} %}{% endreedact %}");
        assertThat(block.inputs()).extracting(Input::name).containsExactly("orders", "items", "a", "text", "same");
        assertThat(block.inputs())
                .extracting(input -> input.expression().text())
                .containsExactly("orders", "shop.items | sort", "{\"a\": [1, 2]}", "\"a, b as c timeout=\"", "a == b");
        assertThat(block.inputs()).extracting(Input::isBareName).containsExactly(true, false, false, false, false);
        assertThat(block.options().get("policy").text()).isEqualTo("\"strict\"");
        assertThat(block.options().get("fallback").text()).isEqualTo("{\"a\": \"%}\"}");
    }

    @Test
    void aTagMayReachOverLines() {
        BlockTag block = only(
                "{%- reedact\n  python\n  as x\n  with a,\n       b\n  timeout = '2s'\n%}\nreturn 1\n{% endreedact %}");
        assertThat(block.trimsBefore()).isTrue();
        assertThat(block.inputs()).hasSize(2);
        assertThat(block.options().get("timeout").text()).isEqualTo("'2s'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{# {% reedact python %}1{% endreedact %} #}",
                "{% verbatim %}{% reedact python %}1{% endreedact %}{% endverbatim %}",
                "{%- verbatim -%}{% reedact %}{%- endverbatim -%}",
                "{{ \"{% reedact python %}\" }}",
                "{% set x = '{% reedact python %}' %}",
                "{{ {'a': {'b': '}}'}} }}",
                "{% reedactor %} {% endreedactor %}",
                "{ % reedact python % }",
            })
    void whatIsNoBlockIsNone(String text) {
        Scan scan = scan(text);
        assertThat(scan.blocks()).isEmpty();
        assertThat(scan.problems()).isEmpty();
    }

    @Test
    void aBlockBehindThoseIsFound() {
        assertThat(scan("{# #}{{ '}}' }}{% verbatim %}{{{% endverbatim %}{% reedact js %}1{% endreedact %}")
                        .blocks())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{% reedact python as x %} # page.peb:1:1: this block has no end [TPL-010]",
                "{% endreedact %} # page.peb:1:1: no block is open here [TPL-010]",
                "{% reedact python with \"x %}{% endreedact %} # page.peb:1:1: this tag is not closed, or a quote or bracket in it stays open [TPL-010]",
                "{% reedact python as x %}{% endreedact y %} # page.peb:1:40: 'y' ends the block 'x' [TPL-010]",
                "{% reedact python %}{% endreedact y %} # page.peb:1:35: 'y' ends a block without a name [TPL-010]",
                "{% reedact %}{% endreedact %} # page.peb:1:12: a language was wanted here [TPL-011]",
                "{% reedact python as %}{% endreedact %} # page.peb:1:22: a name was wanted behind 'as' [TPL-011]",
                "{% reedact python as null %}{% endreedact %} # page.peb:1:22: 'null' can't be the name of a variable [TPL-011]",
                "{% reedact a.b via map | php %}{% endreedact %} # page.peb:1:12: 'a.b' can't be the name of a variable [TPL-011]",
                "{% reedact python with true %}{% endreedact %} # page.peb:1:24: this input has no name [TPL-011]",
                "{% reedact x via php %}{% endreedact %} # page.peb:1:12: this form of a block is NAME via map | LANGUAGE [TPL-011]",
                "{% reedact python wiht x %}{% endreedact %} # page.peb:1:19: 'wiht' has no meaning here [TPL-011]",
                "{% reedact python with a.b %}{% endreedact %} # page.peb:1:24: this input has no name [TPL-011]",
                "{% reedact python with a) as b %}{% endreedact %} # page.peb:1:24: a bracket or quote of this input has no other half [TPL-011]",
                "{% reedact python with a, %}{% endreedact %} # page.peb:1:27: an input was wanted here [TPL-011]",
                "{% reedact python with a, a %}{% endreedact %} # page.peb:1:27: there is an input 'a' already [TPL-011]",
                "{% reedact python timeuot=\"1s\" %}{% endreedact %} # page.peb:1:19: unknown option 'timeuot' [TPL-012]",
                "{% reedact python cpu=\"1\" cpu=\"2\" %}{% endreedact %} # page.peb:1:27: the option 'cpu' is given twice [TPL-012]",
                "{% macro m() %}{% reedact js as x %}{% endreedact %}{% endmacro %} # page.peb:1:16: a block can't be in a macro [TPL-014]",
                "{% cache 'k' %}{% reedact js as x %}{% endreedact %}{% endcache %} # page.peb:1:16: a block can't be in a cache [TPL-014]",
                "{% parallel %}{% reedact js as x %}{% endreedact %}{% endparallel %} # page.peb:1:15: a block can't be in a parallel [TPL-014]",
            })
    void whatIsWrongIsToldWithItsPlace(String text, String problem) {
        assertThat(problems(text.strip())).containsExactly(problem.strip());
    }

    @Test
    void aBlockThatWouldPrintNothingIsRefused() {
        String block = "{% reedact js %}return 1{% endreedact %}";
        assertThat(problems("{% extends 'layout.peb' %}\n" + block))
                .singleElement()
                .asString()
                .contains("page.peb:2:1: this block would print nothing");
        assertThat(problems("{% extends 'layout.peb' %}{% block main %}" + block + "{% endblock %}"))
                .isEmpty();
        assertThat(problems("{% extends 'layout.peb' %}{% reedact js as x %}return 1{% endreedact %}"))
                .isEmpty();
    }

    @Test
    void everythingWrongIsFoundInOnePass() {
        assertThat(
                        problems(
                                "{% endreedact %}\n{% reedact %}{% endreedact %}\n{% reedact js polizy=\"a\" %}{% endreedact %}\n{% reedact js %}"))
                .hasSize(4);
    }

    @Test
    void namesOfOtherTemplatesAreFoundWithTheirPlaces() {
        assertThat(scan("{% extends \"a.peb\" %}{% include 'b/c.peb' with {} %}{% include name %}{% import 'm.peb' %}"
                                + "{% from \"f.peb\" import x %}{# {% include 'no.peb' %} #}")
                        .references())
                .extracting(Scan.Reference::name)
                .containsExactly("a.peb", "b/c.peb", "m.peb", "f.peb");
    }

    @Test
    void aLargeTemplateTakesNoTimeToSpeakOf() {
        String block = "{% reedact python as x with a, b.c as d timeout=\"1s\" %}\nreturn a\n{% endreedact %}\n";
        String text = ("<p>{{ name }} { % ".repeat(250) + block).repeat(200);
        assertThat(text.length()).isGreaterThan(900_000);
        long start = System.nanoTime();
        assertThat(scan(text).blocks()).hasSize(200);
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
    }

    @Test
    void placesAreOfTheAuthorsOwnLinesAndCharacters() {
        TemplateText text = new TemplateText("p", "a\r\n\ud83d\ude00é {% x\rlast");
        assertThat(text.line(0)).isEqualTo(1);
        assertThat(text.at(3 + 2 + 1 + 1).toString()).isEqualTo("p:2:4");
        assertThat(text.at(3).sourceLine()).isEqualTo("\ud83d\ude00é {% x");
        assertThat(text.line(text.text().length() - 1)).isEqualTo(3);
        assertThat(text.startOf(2).toString()).isEqualTo("p:2:1");
        assertThat(text.startOf(9).toString()).isEqualTo("p:9:1"); // engines count U+2028 as the end of a line, too
    }
}
