package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Outcome;
import io.reedact.templates.BlockRun;
import io.reedact.templates.PageFailedException;
import io.reedact.templates.PageFailure;
import io.reedact.templates.PageReport;
import io.reedact.templates.pebble.RenderedPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages: when blocks run, where their results are to be seen, and how a page ends that comes to nothing. */
@Tag("jail")
@Timeout(120)
@ExtendWith(OpenJails.class)
class PageTest {
    private static final String WAITER =
            "{% reedact python as NAME WITH %}\nimport time\ntime.sleep(0.3)\nreturn 1\n{% endreedact %}\n";

    private static String waiter(String name, String with) {
        return WAITER.replace("NAME", name).replace("WITH", with);
    }

    @Test
    void blocksOfSeveralLanguagesHandTheirResultsOn() {
        assertThat(Pages.of("""
                        {% reedact python as mean with prices %}
                        return sum(prices) / len(prices)
                        {% endreedact %}
                        {% reedact php as taxed with prices as items %}
                        $gross = function ($i) { return $i * {{ rate }}; };
                        return array_map($gross, $items);
                        {% endreedact %}
                        {% reedact cards via map | javascript raw with taxed, mean %}
                        return taxed.map(t => `{{${t}/${mean}}}`);
                        {% endreedact %}
                        <p title="{{ mean }}">{{ cards | join(" ") }}</p>
                        """).with("prices", List.of(3, 4)).with("rate", 2).html())
                .isEqualTo("<p title=\"3.5\">{{6/3.5}} {{8/3.5}}</p>\n");
    }

    @Test
    @Tag("timing")
    void independentBlocksRunSideBySideAndAChainTakesItsSum() {
        StringBuilder six = new StringBuilder(waiter("z", ""));
        for (int i = 1; i <= 5; i++) {
            six.append(waiter("a" + i, ""));
        }
        Duration one = duration(waiter("a", ""));
        assertThat(duration(six.toString())).isLessThan(one.multipliedBy(2));
        assertThat(duration("{{ a1 }}" + six.toString().replaceAll(" as \\w+", "")))
                .isLessThan(one.multipliedBy(2));
        assertThat(duration(waiter("a", "") + waiter("b", "with a") + waiter("c", "with b")))
                .isBetween(Duration.ofMillis(900), one.multipliedBy(4));
    }

    private static Duration duration(String text) {
        return Pages.of(text).page().report().total();
    }

    @Test
    @Tag("timing")
    void aBlockWaitsForItsInputsAndThePageDoesNot() {
        PageReport report = Pages.of(
                        waiter("a", "") + waiter("b", "with a") + "{% reedact js as c %}return 1{% endreedact %}")
                .page()
                .report();
        BlockRun b = report.blocks().get(1);
        BlockRun c = report.blocks().get(2);
        assertThat(b.started()).isLessThan(Duration.ofMillis(250));
        assertThat(b.launched()).isGreaterThan(Duration.ofMillis(290));
        assertThat(c.ended()).isLessThan(b.ended());
        assertThat(report.inBlocks()).isLessThanOrEqualTo(report.total());
    }

    @Test
    void aBranchThatIsNotTakenStartsNothing() {
        RenderedPage page = Pages.of("{% if false %}" + waiter("a", "") + "{% endif %}{{ a }}|")
                .page();
        assertThat(page.html()).isEqualTo("|");
        assertThat(page.report().blocks()).isEmpty();
    }

    @Test
    void eachRoundOfALoopIsAJailOfItsOwnAndTheLastResultStays() {
        RenderedPage page = Pages.of("""
                        {% for o in orders %}{% reedact php as t with o %}
                        file_put_contents('/tmp/left', 'x', FILE_APPEND);
                        return $o['n'] * 2 . file_get_contents('/tmp/left');
                        {% endreedact %}{{ t }},{% endfor %}{{ t }}""")
                .with("orders", List.of(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3)))
                .page();
        assertThat(page.html()).isEqualTo("2x,4x,6x,6x");
        assertThat(page.report().blocks()).hasSize(3);
    }

    @Test
    void resultsAreSeenInIncludesAndInTheParentOfAChild() {
        assertThat(Pages.of("""
                        {% extends "layout.peb" %}
                        {% reedact python as title %}return "<T>"{% endreedact %}
                        {% block main %}{% reedact python as inner %}return 2{% endreedact %}{% include "part.peb" %}{% endblock %}
                        """)
                        .and(
                                "layout.peb",
                                "<title>{{ title }}</title>{% block main %}{% endblock %}{{ inner }}{{ part }}")
                        .and(
                                "part.peb",
                                "[{{ inner }}{% reedact js as part with inner %}return inner + 1{% endreedact %}]")
                        .html())
                .isEqualTo("<title>&lt;T&gt;</title>[2]23");
    }

    @Test
    void filtersFunctionsAndTestsWorkOnResults() {
        assertThat(Pages.of("""
                        {% reedact python as r %}return {"list": [3, 1, 2], "text": "aB", "none": None, "yes": True}{% endreedact %}
                        {{ r.list | sort | join("-") }} {{ max(r.list[1], 1) }} {{ r.text | upper }} {{ r.none is null }}
                        {% if r.yes and r.list is not empty %}yes{% endif %} {{ r["text"] | length }} {{ r.list contains 3 }}
                        <script>const text = "{{ r.text | escape(strategy='js') }}"</script>""").html()).isEqualTo("1-2-3 2 AB trueyes 2 true<script>const text = \"aB\"</script>");
    }

    @Test
    void aBlockWithoutANamePrintsItsValueInPlace() {
        assertThat(Pages.of(
                                "a{% reedact python %}return '<b>'{% endreedact %}b"
                                        + "{% filter upper %}{% reedact js %}return 'x&y'{% endreedact %}={{ v }}{% endfilter %}"
                                        + "{% reedact php %}return null;{% endreedact %}"
                                        + "{% autoescape false %}{% reedact php %}return '<i>';{% endreedact %}{% endautoescape %}")
                        .with("v", "x&y")
                        .html())
                .isEqualTo("a&lt;b&gt;bX&amp;Y=X&amp;Y<i>");
    }

    @Test
    void whiteSpaceGoesAsTheTagsSay() {
        assertThat(Pages.of(
                                "a \n {%- reedact js as x -%} return 1 {%- endreedact -%} \n b{% reedact js as y %}return 2{% endreedact %}\nc")
                        .html())
                .isEqualTo("abc");
    }

    @Test
    @Tag("timing")
    void aFailingBlockStopsThePageAndCancelsTheOthers() {
        PageFailedException failure = Pages.of("before" + waiter("slow", "").replace("0.3", "30")
                        + "{% reedact js as bad %}\n\nthrow new TypeError('no')\n{% endreedact %}{{ slow }}")
                .failure();
        assertThat(failure).hasMessage("page.peb:8: TypeError: no");
        assertThat(failure.report().total()).isLessThan(Duration.ofSeconds(10));
        assertThat(failure.report().blocks())
                .extracting(BlockRun::outcome)
                .hasAtLeastOneElementOfType(Outcome.Cancelled.class)
                .hasAtLeastOneElementOfType(Outcome.Failed.class);
        Residue.waitForGuests(OpenJails.jails(), 0);
    }

    @Test
    void aBlockThatNobodyLooksUpMustCompleteToo() {
        assertThat(Pages.of("{% reedact php as unused %}throw new Exception('x');{% endreedact %}text")
                        .failure())
                .hasMessageStartingWith("page.peb:1: Exception: x");
    }

    @Test
    void aFallbackStandsInAndTheOutcomeStays() {
        RenderedPage page = Pages.of(
                        "{% reedact python as a timeout=\"200ms\" fallback={\"x\": [1, 2]} %}while True: pass{% endreedact %}{{ a.x[1] }}")
                .page();
        assertThat(page.html()).isEqualTo("2");
        assertThat(page.report().blocks()).singleElement().satisfies(run -> {
            assertThat(run.fellBack()).isTrue();
            assertThat(run.outcome()).isInstanceOf(Outcome.LimitExceeded.class);
        });
    }

    @Test
    @Tag("timing")
    void aPageHasSoManyBlocksAndSoMuchTime(@TempDir Path folder) {
        String policy = OpenJails.policy(folder, "small", "page_blocks = 2\npage_timeout = \"500ms\"");
        String loop = "{% for i in range(1, 9) %}{% reedact js as x %}return 1{% endreedact %}{% endfor %}";
        assertThat(Pages.of(loop).under(policy).failure().failure())
                .isInstanceOfSatisfying(PageFailure.Limit.class, limit -> {
                    assertThat(limit.kind()).isEqualTo("page_blocks");
                    assertThat(limit.limit()).isEqualTo(2);
                    assertThat(limit.used()).isEqualTo(3);
                });
        PageFailedException late =
                Pages.of(waiter("a", "").replace("0.3", "30")).under(policy).failure();
        assertThat(late.failure())
                .isInstanceOfSatisfying(
                        PageFailure.Limit.class,
                        limit -> assertThat(limit.kind()).isEqualTo("page_timeout"));
        assertThat(late.report().total()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
        Residue.waitForGuests(OpenJails.jails(), 0);
    }

    @Test
    @Tag("timing")
    void thePagesOwnTextIsStoppedByItsTimeToo(@TempDir Path folder) {
        String policy = OpenJails.policy(folder, "short", "page_timeout = \"1s\"");
        String endless =
                "{% reedact js as x %}return 1{% endreedact %}{% for a in range(1, 3000) %}{% for b in range(1, 3000) %}"
                        + "{% for c in range(1, 3000) %}.{% endfor %}{% endfor %}{% endfor %}";
        PageFailedException late = Pages.of(endless).under(policy).failure();
        assertThat(late.report().total()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @Tag("timing")
    void twoHundredBlocksInAMegabyteOfText(@TempDir Path folder) {
        String policy = OpenJails.policy(
                folder,
                "large",
                "page_blocks = 200\npage_timeout = \"60s\"\nwidens = [\"page_blocks\", \"page_timeout\"]");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append("<p>é\t{ % 'text\" } ".repeat(300))
                    .append("{% reedact python as b")
                    .append(i)
                    .append(" %}return ")
                    .append(i)
                    .append("{% endreedact %}");
        }
        text.append("{{ b0 + b199 }}");
        assertThat(text.length()).isGreaterThan(1_000_000);
        assertThat(Pages.of(text.toString()).under(policy).html()).endsWith(" 199");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "python # def f():\\n    return g()\\ndef g():\\n    raise KeyError('k')\\nreturn f() # page.peb:6: KeyError: 'k'",
                "php # function f() { return g(); }\\nfunction g() {\\n  throw new RuntimeException('k');\\n}\\nreturn f(); # page.peb:5: RuntimeException: k",
                "javascript # const f = () => g();\\nfunction g() {\\n  throw new RangeError('k');\\n}\\nreturn f(); # page.peb:5: RangeError: k",
                "python # x = 1\\nreturn (x # page.peb:4: SyntaxError: '(' was never closed",
                "php # $x = 1;\\nreturn $x +; # page.peb:4: ParseError: syntax error, unexpected token \";\"",
                "javascript # let x = 1\\nreturn x +; # page.peb:4: SyntaxError: Unexpected token ';'",
            })
    void errorsHaveTheLineOfTheTemplatesAuthor(String language, String code, String message) {
        String block = "<p>\n  {% reedact " + language + " as x %}\n"
                + code.strip().replace("\\n", "\n") + "\n{% endreedact %}";
        assertThat(Pages.of(block).failure()).hasMessage(message.strip());
        assertThat(Pages.of("\n\n{% include 'p.peb' %}").and("p.peb", block).failure())
                .hasMessage(message.strip().replace("page.peb", "p.peb"));
        assertThat(Pages.of("{% extends 'l.peb' %}")
                        .and("l.peb", "{% for i in [1, 2] %}" + block + "{% endfor %}")
                        .failure())
                .hasMessage(message.strip().replace("page.peb", "l.peb"));
    }

    @Test
    void errorsOfTheEngineBehindABlockHaveTheirLine() {
        assertThat(Pages.of("{% reedact js as x with\n 1 as a %}\nreturn 1\n{% endreedact %}\n\n{{ x | nix }}")
                        .refusal())
                .hasMessageContaining("page.peb:6:1");
        assertThat(Pages.of("{% reedact js as x %}\nreturn\n  {{ 'a' | nix }}\n{% endreedact %}")
                        .refusal())
                .hasMessageContaining("page.peb:3:");
    }

    @Test
    void errorsShowTheHoleAndNotItsName() {
        PageFailedException failure = Pages.of("{% reedact python as x %}return {{ orders }}.total{% endreedact %}")
                .with("orders", List.of())
                .failure();
        PageFailure.Block block = (PageFailure.Block) failure.failure();
        assertThat(((Outcome.Failed) block.run().outcome()).error().trace())
                .contains("return {{ orders }}.total")
                .doesNotContain("reedact_");
    }

    @Test
    void anInputThatNoLanguageCanHoldIsTheTemplatesMatter() {
        assertThat(Pages.of("\n{% reedact js as x with thread %}return 1{% endreedact %}")
                        .with("thread", Thread.currentThread())
                        .refusal())
                .hasMessageContaining("page.peb:2:1")
                .hasMessageContaining("thread");
    }
}
