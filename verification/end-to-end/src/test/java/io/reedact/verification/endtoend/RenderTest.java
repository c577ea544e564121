package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.verification.endtoend.Reedact.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code reedact render} and {@code reedact check}, as users and their scripts meet them. */
class RenderTest {
    private static final String PAGE =
            "<b>{{ title }}</b>{% reedact python as sum with prices %}return sum(prices){% endreedact %}{{ sum }}";

    @TempDir
    Path folder;

    private Result render(String template, String... more) throws IOException {
        Files.writeString(folder.resolve("page.peb"), template);
        String[] words =
                Stream.concat(Stream.of("render", "page.peb"), Stream.of(more)).toArray(String[]::new);
        return Reedact.command(words).in(folder).run();
    }

    @Test
    void thePageIsAllOfStdout() throws IOException {
        Files.writeString(folder.resolve("shop.json"), "{\"title\": \"<T>\", \"prices\": [1]}");
        Result result = render(PAGE, "--context", "shop.json", "--with", "prices=[3,4]");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("<b>&lt;T&gt;</b>7");
        assertThat(result.status()).isZero();
    }

    @Test
    void thePageCanGoToAFileWholeOrNotAtAll() throws IOException {
        Path page = Files.writeString(folder.resolve("page.html"), "old");
        Result failed = render("new{% reedact js %}throw 1{% endreedact %}", "-o", "page.html");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(page).hasContent("old");
        Result done = render("new", "-o", "page.html");
        assertThat(done.out()).isEmpty();
        assertThat(page).hasContent("new");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
        assertThat(render("new", "-o", "nowhere/page.html").err()).contains("can't write 'nowhere/page.html'");
    }

    @Test
    void theJsonTellsAllAboutThePageAndItsBlocks() throws IOException {
        Result result = render(PAGE, "--json", "--with", "prices=[3,4]", "--with", "title=\"t\"");
        assertThat(((Map<?, ?>) result.json()).keySet())
                .asString()
                .isEqualTo("[outcome, html, policy, blocks, error, limit, timeline]");
        assertThat(result.json("outcome")).isEqualTo("completed");
        assertThat(result.json("html")).isEqualTo("<b>t</b>7");
        assertThat(result.json("blocks", 0, "name")).isEqualTo("sum");
        assertThat(result.json("blocks", 0, "file")).isEqualTo("page.peb");
        assertThat(result.json("blocks", 0, "line")).isEqualTo(1);
        assertThat(result.json("blocks", 0, "value")).isEqualTo(7);
        assertThat(result.json("blocks", 0, "timeline", "start")).isEqualTo("cold");
        assertThat(result.json("error")).isNull();
        assertThat((Double) result.json("timeline", "totalMillis"))
                .isGreaterThanOrEqualTo((Double) result.json("timeline", "blocksMillis"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{% reedact php as x %}throw new Exception('no');{% endreedact %} # 1 # failed # error: Exception: no # page.peb:1",
                "{% reedact python as x timeout='200ms' %}while True: pass{% endreedact %} # 3 # limit-exceeded # wall_time of 200ms # page.peb:1",
                "{% for i in range(0, 100) %}{% reedact php as x %}{% endreedact %}{% endfor %} # 3 # limit-exceeded # page_blocks of 100 # page.peb:1",
            })
    void aPageThatFailsSaysWhyAndWritesNothing(String template, int status, String outcome, String told, String place)
            throws IOException {
        Result text = render("before " + template);
        assertThat(text.status()).isEqualTo(status);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).contains(told, "  --> " + place).doesNotContain("\tat ");
        Result json = render("before " + template, "--json");
        assertThat(json.status()).isEqualTo(status);
        assertThat(json.json("outcome")).isEqualTo(outcome);
        assertThat(json.json("html")).isNull();
        assertThat(json.json("blocks"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isNotEmpty();
    }

    @Test
    void aForeignSystemCallInterfaceStopsThePageAsAViolation() throws IOException {
        Result result = render(
                "{% reedact python policy='default' %}import ctypes\nctypes.CDLL(None).syscall(0x40000000 + 39)\n{% endreedact %}");
        assertThat(result.status()).isEqualTo(4);
        assertThat(result.err()).contains("note: denied: ", "  --> page.peb:1");
    }

    @Test
    void theTimelineIsALineABlock() throws IOException {
        Result result = render(PAGE, "--timeline", "--with", "prices=[]", "--with", "title=1");
        assertThat(result.err()).contains("page page.peb under policy default", "sum", "python", "|", "=");
    }

    @Test
    void whatIsWrongWithATemplateIsToldInOnePass() throws IOException {
        Result result = render("{% reedact pyton %}{% endreedact %}\n{% reedact js %}return {{ }}{% endreedact %}");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "error[RUN-001]: unknown language 'pyton'", "page.peb:1:12", "^^^^^", "did you mean 'python'?")
                .contains("error[TPL-013]: this hole is empty", "page.peb:2:24");
        Result json = render("{% reedact pyton %}{% endreedact %}", "--json");
        assertThat(json.json("outcome")).isEqualTo("refused");
        assertThat(json.json("problem", "file")).isEqualTo("page.peb");
        assertThat(json.json("problem", "column")).isEqualTo(12);
    }

    @Test
    void noTemplateReachesOutOfItsFolder() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.peb"), "secret");
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("link.peb"), secret);
        Files.writeString(inner.resolve("part.peb"), "part{% include './other.peb' %}");
        Files.writeString(inner.resolve("other.peb"), "!");
        for (String name :
                new String[] {"../secret.peb", "link.peb", "/etc/passwd", secret.toString(), "inner/../../secret.peb"
                }) {
            Files.writeString(inner.resolve("page.peb"), "{% include '" + name + "' %}");
            Result result =
                    Reedact.command("render", "inner/page.peb").in(folder).run();
            assertThat(result.status()).as(name).isEqualTo(2);
            assertThat(result.err()).contains("error[TPL-001]", "inner/page.peb:1:12");
        }
        Files.writeString(inner.resolve("page.peb"), "{% include 'part.peb' %}");
        assertThat(Reedact.command("render", "inner/page.peb").in(folder).run().out())
                .isEqualTo("part!");
    }

    @Test
    void templatesThatCanNotBeReadAreNamed() throws IOException {
        Files.write(folder.resolve("bytes.peb"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(Reedact.command("render", "bytes.peb").in(folder).run().err())
                .contains("TPL-002", "not UTF-8");
        assertThat(Reedact.command("render", "none.peb").in(folder).run().err()).contains("TPL-001", "none.peb");
        assertThat(Reedact.run("render").status()).isEqualTo(2);
        assertThat(Reedact.run("render", "a", "b").err()).contains("render wants one template");
    }

    @Test
    void valuesOfATemplateHaveNoMethodsButThoseThatAskAboutThem() throws IOException {
        Result result = render(
                "{{ title.length }}{{ title.getClass }}|{{ title.repeat(3) }}|{{ 'x'.class }}",
                "--with",
                "title=\"abc\"");
        assertThat(result.out()).doesNotContain("class", "abcabc");
        assertThat(render("{% for i in [7, 8] %}{{ loop.index }}{{ loop.last }}{% endfor %}")
                        .out())
                .isEqualTo("0false1true");
        assertThat(render("{{ template.name }}").err()).contains("TPL-004", "denied");
    }

    @Test
    void anInterruptCancelsThePageAndLeavesNothing() throws Exception {
        Files.writeString(
                folder.resolve("page.peb"), "{% reedact python %}import time; time.sleep(60){% endreedact %}");
        Process command = Reedact.command("render", "page.peb")
                .in(folder)
                .builder()
                .redirectErrorStream(true)
                .start();
        for (int i = 0; i < 400 && command.descendants().count() < 3; i++) {
            Thread.sleep(50);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(command.pid())).start().waitFor();
        assertThat(command.waitFor()).isEqualTo(130);
        assertThat(new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("error: cancelled\n");
        assertThat(command.descendants()).isEmpty();
    }

    @Test
    void checkTellsTheSyntaxErrorsOfEachLanguageAndRunsNothing() throws IOException {
        Files.writeString(
                folder.resolve("bad.peb"),
                "{% reedact python as a %}\ndef f(:\n{% endreedact %}\n{% reedact php as b %}\nreturn 1 +;{% endreedact %}\n{% reedact js as c with a %}let x = ;{% endreedact %}");
        Files.writeString(
                folder.resolve("good.peb"),
                PAGE + "{% reedact php %}exit(9);{% endreedact %}{% reedact js %}while (true);{% endreedact %}");
        Result bad = Reedact.command("check", "bad.peb", "good.peb").in(folder).run();
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err())
                .contains("error[TPL-017]: SyntaxError: invalid syntax", "bad.peb:2:", "def f(:")
                .contains("error[TPL-017]: ParseError: syntax error", "bad.peb:5:", "return 1 +;")
                .contains("error[TPL-017]: SyntaxError: Unexpected token ';'", "bad.peb:6:")
                .doesNotContain("good.peb");
        Result good = Reedact.command("check", "good.peb").in(folder).run();
        assertThat(good.status()).isZero();
        assertThat(good.out()).isEqualTo("1 template, 3 blocks: nothing wrong\n");
    }

    @Test
    void checkFollowsTheTemplatesThatOneNames() throws IOException {
        Files.writeString(folder.resolve("a.peb"), "{% extends 'b.peb' %}{% include 'a.peb' %}");
        Files.writeString(folder.resolve("b.peb"), "{% include 'c.peb' %}\n{% include 'none.peb' %}");
        Files.writeString(folder.resolve("c.peb"), "{% reedact js %}return +{% endreedact %}");
        Result result = Reedact.command("check", "a.peb").in(folder).run();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("TPL-017", "c.peb:1:").contains("TPL-001", "b.peb:2:12");
    }
}
