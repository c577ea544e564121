package io.reedact.templates.pebble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.reedact.engine.Jails;
import io.reedact.problem.ProblemException;
import io.reedact.templates.TemplateException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReedactPebbleTest {
    private static Jails jails;

    @BeforeAll
    static void open() {
        jails = Jails.open(); // nothing is run
    }

    @AfterAll
    static void close() {
        jails.close();
    }

    private static PebbleEngine.Builder templates(String... namesAndTexts) {
        MemoryLoader loader = new MemoryLoader();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            loader.addTemplate(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return new PebbleEngine.Builder().loader(loader);
    }

    @Test
    void autoescapingThatIsOffIsRefusedUnlessSaid() {
        PebbleEngine.Builder builder = templates().autoEscaping(false);
        assertThatThrownBy(() -> ReedactPebble.of(builder, jails))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("TPL-006");
        assertThat(ReedactPebble.builder(builder, jails).mayBeUnescaped().build())
                .isNotNull();
    }

    @Test
    void aPolicyThatThereIsNotIsRefusedAtOnce() {
        assertThatThrownBy(() ->
                        ReedactPebble.builder(templates(), jails).policy("nix").build())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("POL-001");
    }

    @Test
    void aTemplateWithoutBlocksIsRenderedAsByTheEngineAlone() throws IOException {
        ReedactPebble pebble = ReedactPebble.of(templates("a", "<{{ x }}>{{ y }}"), jails);
        StringWriter page = new StringWriter();
        pebble.getTemplate("a").evaluate(page, Map.of("x", "<b>"));
        assertThat(page).hasToString("<&lt;b&gt;>");
        assertThat(pebble.getTemplate("a").getName()).isEqualTo("a");
    }

    @Test
    void whatTheEngineRefusesIsToldWithFileAndLine() {
        ReedactPebble pebble = ReedactPebble.of(
                templates("a", "one\n{% reedact js as x %}\n\n{% endreedact %}\n{% if %}", "b", "\n\n{{ 'x' | nix }}"),
                jails);
        assertThatThrownBy(() -> pebble.getTemplate("a"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("a:5:1")
                .hasMessageContaining("TPL-003");
        assertThatThrownBy(() -> pebble.getTemplate("b").evaluate(new StringWriter()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("b:3:1")
                .hasMessageContaining("TPL-004");
    }

    @Test
    void whatTheEnginesParserThrowsIsATemplatesMatter() {
        ReedactPebble pebble = ReedactPebble.of(templates("a", "{{ \"#{ ) }\" }}", "b", "{% macro m() %}"), jails);
        for (String name : new String[] {"a", "b"}) {
            assertThatThrownBy(() -> pebble.getTemplate(name))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining("TPL-003")
                    .hasMessageStartingWith(name + ": ");
        }
    }

    /** The JVM leaves the trace out where it has seen the same exception often. */
    @Test
    void whatIsThrownWithoutATraceIsATemplatesMatterToo() {
        NullPointerException bare = new NullPointerException();
        bare.setStackTrace(new StackTraceElement[0]);
        Function thrower = new Function() {
            @Override
            public List<String> getArgumentNames() {
                return List.of();
            }

            @Override
            public Object execute(Map<String, Object> args, PebbleTemplate self, EvaluationContext context, int line) {
                throw bare;
            }
        };
        AbstractExtension extension = new AbstractExtension() {
            @Override
            public Map<String, Function> getFunctions() {
                return Map.of("throws", thrower);
            }
        };
        ReedactPebble pebble = ReedactPebble.of(templates("a", "{{ throws() }}").extension(extension), jails);
        assertThatThrownBy(() -> pebble.getTemplate("a").evaluate(new StringWriter()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("TPL-004");
    }

    @Test
    void whatTheEnginesFiltersThrowIsATemplatesMatterToo() {
        ReedactPebble pebble = ReedactPebble.of(
                templates(
                        "a",
                        "{{ [1, 2] | slice(-1) }}",
                        "b",
                        "{% include 'c' %}{% include 'c' %}",
                        "c",
                        "{% import 'd' as m %}{{ m.x() }}",
                        "d",
                        "{% macro x() %}{% endmacro %}"),
                jails);
        for (String name : new String[] {"a", "b"}) {
            assertThatThrownBy(() -> pebble.getTemplate(name).evaluate(new StringWriter()))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining("TPL-004")
                    .hasMessageStartingWith(name + ": ");
        }
    }

    @Test
    void aTemplateThatSpellsOutTheStartOfABlockIsRefused() {
        for (String call : new String[] {"'AAAA', {}, {}", "null, {}, {}", "'', 1, 2"}) {
            for (String tag :
                    new String[] {"{% set z = reedact_start(" + call + ") %}", "{% reedact_print " + call + " %}"}) {
                ReedactPebble pebble = ReedactPebble.of(templates("a", tag), jails);
                assertThatThrownBy(() -> pebble.getTemplate("a").evaluate(new StringWriter()))
                        .as(tag)
                        .isInstanceOf(TemplateException.class)
                        .hasMessageContaining("TPL-004");
            }
        }
    }

    @Test
    void aTemplateThatTheEngineWouldReadForEverIsRefused() {
        ReedactPebble pebble = ReedactPebble.of(templates("a", "{{ \"b\\", "b", "{{ 'b' }}\\"), jails);
        assertThatThrownBy(() -> pebble.getTemplate("a"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("a:1:6: the engine can't read a template that ends in a backslash [TPL-003]");
        assertThat(pebble.getTemplate("b")).isNotNull();
    }

    @Test
    void aMacroThatCallsItselfWithoutEndIsToldAsThat() {
        ReedactPebble pebble =
                ReedactPebble.of(templates("a", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), jails);
        assertThatThrownBy(() -> pebble.getTemplate("a").evaluate(new StringWriter()))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("a: something in the template, such as a macro, calls itself");
    }

    @Test
    void templatesThatNameEachOtherWithoutEndAreRefusedWithThePlace() {
        ReedactPebble pebble = ReedactPebble.of(
                templates(
                        "a",
                        "{% include 'b' %}",
                        "b",
                        "\n{% include 'a' %}",
                        "c",
                        "{% extends 'c' %}",
                        "d",
                        "{% include 'e' %}"),
                jails);
        for (String name : new String[] {"a", "c"}) {
            assertThatThrownBy(() -> pebble.getTemplate(name).evaluate(new StringWriter()))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining("TPL-005");
        }
        assertThatThrownBy(() -> pebble.getTemplate("d").evaluate(new StringWriter()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("d:1:12: no template 'e' [TPL-001]");
    }

    @Test
    void aBlockOutsideOfAPageIsRefused() {
        PebbleEngine.Builder builder = templates("a", "{% reedact js as x %}1{% endreedact %}");
        ReedactPebble.of(builder, jails);
        PebbleEngine engine = builder.build();
        assertThatThrownBy(() -> engine.getTemplate("a").evaluate(new StringWriter()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("TPL-018");
    }
}
