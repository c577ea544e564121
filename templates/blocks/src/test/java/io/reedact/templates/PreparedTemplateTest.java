package io.reedact.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reedact.engine.Jails;
import io.reedact.problem.Problem;
import io.reedact.templates.PreparedTemplate.Site;
import io.reedact.templates.PreparedTemplate.Slot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedTemplateTest {
    private static Jails jails;

    @BeforeAll
    static void open() {
        jails = Jails.open(); // its runtimes and policies are read; nothing is run
    }

    @AfterAll
    static void close() {
        jails.close();
    }

    private static Site only(String text) {
        return PreparedTemplate.of(new TemplateText("page.peb", text), jails, "default")
                .sites()
                .get(0);
    }

    private static List<String> problems(String text) {
        TemplateException thrown = catchThrowableOfType(TemplateException.class, () -> only(text));
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aHoleBecomesANameAndASlot() {
        Site site = only(
                "{% reedact python as x with a %}return {{ orders }} + {{ b.c[\"}}\"] }} + {{ orders }}{% endreedact %}");
        assertThat(site.block().code()).isEqualTo("return reedact_1 + reedact_2 + reedact_3");
        assertThat(site.slots())
                .extracting(Slot::name, Slot::expression, Slot::isBareName)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "a", true),
                        org.assertj.core.groups.Tuple.tuple("reedact_1", "orders", true),
                        org.assertj.core.groups.Tuple.tuple("reedact_2", "b.c[\"}}\"]", false),
                        org.assertj.core.groups.Tuple.tuple("reedact_3", "orders", true));
        assertThat(site.block().holes())
                .extracting(PreparedBlock.Hole::shown)
                .containsExactly("{{ orders }}", "{{ b.c[\"}}\"] }}", "{{ orders }}");
    }

    @Test
    void theNameIsOneThatTheBodyDoesNotHold() {
        Site site = only("{% reedact js as x %}let reedact_1 = 2, reedact_3; return {{ a }} + {{ b }}{% endreedact %}");
        assertThat(site.block().code()).isEqualTo("let reedact_1 = 2, reedact_3; return reedact_2 + reedact_4");
    }

    @Test
    void wordsThatAreValuesAreNoVariables() {
        Site site = only(
                "{% reedact js as x with null as n %}return [{{ true }}, {{ none }}, {{ nothing }}]{% endreedact %}");
        assertThat(site.slots()).extracting(Slot::isBareName).containsExactly(false, false, false, true);
    }

    @Test
    void aNameDoesNotRunIntoTheWordsBesideIt() {
        assertThat(only("{% reedact php %}return{{ a }}and{{ b }};{% endreedact %}")
                        .block()
                        .code())
                .isEqualTo("return \\reedact_1 and \\reedact_2;");
    }

    @Test
    void theNameIsNoneOfAnInputEither() {
        assertThat(only("{% reedact js with reedact_1 %}return {{ a }}{% endreedact %}")
                        .block()
                        .code())
                .isEqualTo("return reedact_2");
    }

    @Test
    void commonIndentationGoesWhereTheLanguageMindsItAndLinesKeepTheirNumbers() {
        String text =
                "<ul>\n  {% reedact python as x %}\n\n      if a:\n          return '''\n  kept\n'''\n      return 2\n  {% endreedact %}";
        PreparedBlock block = only(text).block();
        assertThat(block.code()).isEqualTo("if a:\n    return '''\n  kept\n'''\nreturn 2");
        assertThat(block.codeLine()).isEqualTo(4);
        assertThat(block.tag().line()).isEqualTo(2);
        assertThat(only(text.replace("python", "js")).block().code()).startsWith("      if a:");
    }

    @Test
    void whatStandsOnTheTagsLineIsALineOfItsOwn() {
        PreparedBlock block = only("{% reedact python %} import os\n   return 1{% endreedact %}")
                .block();
        assertThat(block.code()).isEqualTo("import os\nreturn 1");
        assertThat(block.codeLine()).isEqualTo(1);
    }

    @Test
    void tabsAndCarriageReturnsStayWhatTheyAre() {
        PreparedBlock block = only("{% reedact python %}\r\n\tif 1:\r\n\t\treturn 2\r\n{% endreedact %}")
                .block();
        assertThat(block.code()).isEqualTo("if 1:\r\n\treturn 2");
        assertThat(block.codeLine()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "python # '{{ a }}'",
                "python # f\"{{ a }}\"",
                "python # \"\"\"\\n{{ a }}\\n\"\"\"",
                "python # 1 ~ {{ a }}",
                "php # '{{ a }}'",
                "php # \"{{ a }}\"",
                "php # 1; // {{ a }}",
                "php # 1; /* {{ a }} */",
                "php # <<<END\\n{{ a }}\\nEND;",
                "php # <<<'END'\\n{{ a }}\\nEND;",
                "javascript # '{{ a }}'",
                "javascript # ^{{ a }}^",
                "javascript # 1 // {{ a }}",
                "javascript # 1 /* {{ a }} */",
            })
    void aHoleInATextOrCommentIsRefusedWithThreeWaysOut(String language, String code) {
        String body = "return " + code.replace("\\n", "\n").replace('~', '#').replace('^', '`');
        TemplateException thrown = catchThrowableOfType(
                TemplateException.class, () -> only("{% reedact " + language + " %}" + body + "{% endreedact %}"));
        assertThat(thrown).isNotNull();
        assertThat(thrown.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("a hole can't be in a text, comment or here-document");
            assertThat(problem.help()).contains("with … as NAME", "assign it to a variable first", "raw");
        });
        assertThat(only("{% reedact " + language + " raw %}" + body + "{% endreedact %}")
                        .block()
                        .code())
                .isEqualTo(body);
    }

    @Test
    void aHoleBehindATextOrCommentIsOne() {
        assertThat(only("{% reedact python %}x = 'a' # b\nreturn {{ a['it\\'s'] }} + 'c' + {{ d }}{% endreedact %}")
                        .block()
                        .holes())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{% reedact python %}return {{ }}{% endreedact %} # page.peb:1:28: this hole is empty [TPL-013]",
                "{% reedact python %}return {{ a {% endreedact %} # page.peb:1:28: this hole is not closed [TPL-013]",
                "{% reedact python %}return {{ a)+b }}{% endreedact %} # page.peb:1:28: a bracket or quote in this hole has no other half [TPL-013]",
                "{% reedact python %}return {{ (a] }}{% endreedact %} # page.peb:1:28: a bracket or quote in this hole has no other half [TPL-013]",
                "{% reedact pytho %}1{% endreedact %} # page.peb:1:12: unknown language 'pytho' [RUN-001]",
                "{% reedact js policy=\"nix\" %}1{% endreedact %} # page.peb:1:22: no policy 'nix' [POL-001]",
                "{% reedact js policy=\"./own.toml\" %}1{% endreedact %} # page.peb:1:22: a template can't name the file of a policy, found './own.toml' [TPL-012]",
                "{% reedact js policy=\"own.toml\" %}1{% endreedact %} # page.peb:1:22: a template can't name the file of a policy",
                "{% reedact js timeout=\"1 week\" %}1{% endreedact %} # page.peb:1:23: timeout ",
                "{% reedact js memory=\"0\" %}1{% endreedact %} # page.peb:1:22: memory ",
                "{% reedact js cpu=1 %}1{% endreedact %} # page.peb:1:19: the option 'cpu' wants a text in quotes [TPL-012]",
                "{% reedact js timeout=\"1h\" %}1{% endreedact %} # page.peb:1:23: timeout of 1h is more than this policy allows",
                "{% reedact js fallback=[1 %}1{% endreedact %} # page.peb:1:1: this tag is not closed",
                "{% reedact js fallback={\"a\"} %}1{% endreedact %} # page.peb:1:24: the fallback is no JSON",
            })
    void whatThisHostOrThePolicyRefusesIsToldAtItsPlace(String text, String problem) {
        assertThat(problems(text.strip())).singleElement().asString().startsWith(problem.strip());
    }

    @Test
    void aBlockThatNamesTheFileOfAPolicyIsNotRunInItsEncodedFormEither() {
        PreparedBlock block = only("{% reedact js policy=\"strict\" %}return 1{% endreedact %}")
                .block();
        PreparedBlock forged = new PreparedBlock(
                block.tag(),
                null,
                block.language(),
                block.code(),
                1,
                List.of(),
                List.of(),
                Map.of("policy", "/tmp/own.toml"));
        assertThat(catchThrowableOfType(
                        TemplateException.class,
                        () -> PreparedBlock.decoded(forged.encoded()).execution("default")))
                .hasMessageContaining("a template can't name the file of a policy");
    }

    @Test
    void aHoleIsOnOneLineWhateverEndsTheLine() {
        for (String end : List.of("\n", "\r", "\r\n")) {
            assertThat(problems("{% reedact python %}return {{ a" + end + "+ b }}{% endreedact %}"))
                    .containsExactly("page.peb:1:28: a hole has to be on one line [TPL-013]");
        }
    }

    @Test
    void aNameThatIsNoneIsToldAndNothingElse() {
        assertThat(problems("{% reedact a.b via map | js %}return 1{% endreedact %}"))
                .containsExactly("page.peb:1:12: 'a.b' can't be the name of a variable [TPL-011]");
    }

    @Test
    void severalBlocksAreRefusedInOnePass() {
        assertThat(problems("{% reedact pytho %}1{% endreedact %}\n{% reedact js %}{{ }} \"{{ a }}\"{% endreedact %}"))
                .hasSize(3);
    }

    @Test
    void aBlockIsTheSameBehindItsEncodedForm() {
        PreparedBlock block =
                only("{% reedact python as näme %}x{% endreedact %}{% reedact js as x with a policy=\"strict\" fallback=[1] %}\nreturn {{ b }} + 'ü\ud83d\ude00'{% endreedact %}"
                                .substring("{% reedact python as näme %}x{% endreedact %}".length()))
                        .block();
        assertThat(PreparedBlock.decoded(block.encoded())).isEqualTo(block);
        assertThat(block.encoded()).matches("[A-Za-z0-9_-]+");
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> PreparedBlock.decoded("AAAA")))
                .isNotNull();
    }

    @Test
    void aTextThatNoEncodingHoldsIsTheSameBehindItToo() {
        PreparedBlock block =
                only("\ud800{% reedact js %}return '\udc00\0'{% endreedact %}").block();
        assertThat(PreparedBlock.decoded(block.encoded())).isEqualTo(block);
        PreparedBlock far = only(" ".repeat(5_000) + "{% reedact js %}return 1{% endreedact %}")
                .block();
        assertThat(far.tag().sourceLine()).isNull();
        assertThat(PreparedBlock.decoded(far.encoded())).isEqualTo(far);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAAAX____8", "AAAAAf____8", "f____w", "AAAAAQAAAAQAYQ", "=", "ä"})
    void whatSaysThatItIsLongerThanItIsIsNoBlock(String text) {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> PreparedBlock.decoded(text)))
                .isNotNull();
    }

    /** Each took time that grew with the square of its length: what is before the first |, then the rest of it again and again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "|{% reedact js with (a %}{% endreedact %}|",
                "|{% reedact js %}|",
                "{% reedact js %}{% endreedact| |",
                "{% reedact js with a|, a|%}{% endreedact %}",
                "{% reedact js with (a| a =1|) as a %}{% endreedact %}",
                "|{% endreedact %}|",
                "|{% endreedact %}\n|",
                "|{% reedact js %}{% endreedact %}|",
                "|{% block a %}{% reedact js %}{% endreedact %}|",
                "{% reedact js %}|\"\"+{{ a }}|{% endreedact %}",
                "{% reedact js %}reedact_2|{{ a['/*`'] }}|{% endreedact %}",
            })
    void hostileTextTakesTimeLinearInItsLength(String pattern) {
        String[] parts = pattern.split("\\|", -1);
        String text = parts[0] + parts[1].repeat(600_000 / parts[1].length()) + parts[2];
        long start = System.nanoTime();
        assertThat(problems(text)).hasSizeBetween(0, Scan.MOST_PROBLEMS + 1);
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
    }
}
