package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.execution.Execution;
import io.reedact.execution.GuestError;
import io.reedact.execution.Outcome;
import io.reedact.value.UnsupportedValueException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values bound to names in a block's code: seen everywhere in it, typed, never code, and shown as their author wrote them. */
@Tag("jail")
@ExtendWith(OpenJails.class)
class HoleTest {
    private static final String NAME = "reedact_1";
    private static final String SHOWN = "{{ orders }}";

    /** The block as a template makes it: each hole in it becomes the name as its language spells it. */
    private static Execution block(String language, String code, Object value) {
        String spelling = OpenJails.jails().runtimes().find(language).hole(NAME).orElseThrow();
        return Execution.of(language, code.replace(SHOWN, spelling)).withHole(NAME, SHOWN, value);
    }

    /** language, a block that gives the hole's value. */
    static final List<Arguments> PLACES = List.of(
            Arguments.of("python", "return {{ orders }}"),
            Arguments.of("python", "def f():\n    def g():\n        return {{ orders }}\n    return g()\nreturn f()"),
            Arguments.of("python", "class C:\n    x = {{ orders }}\n    def m(self): return self.x\nreturn C().m()"),
            Arguments.of("python", "return [{{ orders }} for _ in range(1)][0]"),
            Arguments.of("python", "f = lambda x={{ orders }}: x\nreturn f()"),
            Arguments.of("python", "text = '''\n'''\ndef f():\n    return {{ orders }}\nreturn f()"),
            Arguments.of("php", "return {{ orders }};"),
            Arguments.of("php", "function f() { return (fn() => {{ orders }})(); } return f();"),
            Arguments.of("php", "$f = function () { return {{ orders }}; }; return $f();"),
            Arguments.of("php", "class C { const X = {{ orders }}; public $y = {{ orders }}; } return (new C)->y;"),
            Arguments.of("php", "namespace shop; function f() { return {{ orders }}; } return f();"),
            Arguments.of("php", "<?php\nnamespace shop { const X = {{ orders }}; return X; }"),
            Arguments.of("php", "$all = []; foreach ([1] as $i) { $all[] = {{ orders }}; } return $all[0];"),
            Arguments.of("javascript", "return {{ orders }}"),
            Arguments.of("javascript", "function f() { return (() => {{ orders }})(); } return f();"),
            Arguments.of("javascript", "class C { x = {{ orders }}; static y = {{ orders }} } return new C().x"),
            Arguments.of(
                    "javascript", "async function* g() { yield {{ orders }} } for await (const x of g()) return x"),
            Arguments.of(
                    "javascript", "'use strict';\nconst f = (x = {{ orders }}) => x; return [1].map(() => f())[0]"));

    @ParameterizedTest
    @FieldSource("PLACES")
    void aHoleIsSeenWhereverItStands(String language, String code) {
        List<Object> value = List.of(1L, "two", Map.of("three", 3.5));
        assertThat(OpenJails.value(block(language, code, value))).isEqualTo(value);
    }

    /** Texts that would do harm if they ever became code. */
    static final List<String> HOSTILE = List.of(
            "\"; throw 1; \"",
            "' + open('/etc/passwd').read() + '",
            "?><?php exit(7); ?>",
            "</script><script>alert(1)</script>",
            "${process.exit(7)} $x {$x} #{x}",
            "{{ orders }} {% endreedact %} reedact_1 \\reedact_1",
            "\0",
            "a\nb\r\nc\rd\u2028e\t\f\\",
            "\"\"\" ''' ` */ // # <<<EOT\nEOT;",
            "{\"$bytes\":\"aGk=\"}",
            "né 漢 😀 ".repeat(120_000));

    @ParameterizedTest
    @ValueSource(strings = {"python", "php", "javascript"})
    void hostileTextsComeBackUnchanged(String language) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        HOSTILE.forEach(text -> keyed.put(text.substring(0, Math.min(9, text.length())), text));
        List<Object> value = Arrays.asList(HOSTILE, keyed, Map.of("$bytes", "x"), new byte[] {0, -1}, null, true, -0.0);
        String end = language.equals("php") ? ";" : "";
        List<?> found = (List<?>) OpenJails.value(block(language, "return {{ orders }}" + end, value));
        assertThat(found).usingRecursiveComparison().isEqualTo(value);
    }

    @Test
    void aHoleIsTypedAsInputsAre() {
        assertThat(OpenJails.value(block("python", "return {{ orders }} + 1", new BigDecimal("0.10"))))
                .isEqualTo(new BigDecimal("1.10"));
        assertThat(OpenJails.value(block("javascript", "return typeof {{ orders }}", Long.MAX_VALUE)))
                .isEqualTo("bigint");
        assertThat(OpenJails.value(block("php", "return [...{{ orders }}, strlen({{ orders }}[0])];", List.of("é"))))
                .isEqualTo(List.of("é", 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "php", "javascript"})
    void holesAndInputsAreBesideEachOther(String language) {
        Map<String, String> blocks = Map.of(
                "python", "return [{{ orders }}, x, {{ orders }}0]",
                "php", "return [{{ orders }}, $x, {{ orders }}0];",
                "javascript", "return [{{ orders }}, x, {{ orders }}0]");
        Execution execution =
                block(language, blocks.get(language), 1).with("x", 2).withHole(NAME + "0", "{{ y }}", 3);
        assertThat(OpenJails.value(execution)).isEqualTo(List.of(1L, 2L, 3L));
    }

    /** language, a block whose error speaks of the hole. */
    static final List<Arguments> ERRORS = List.of(
            Arguments.of("python", "\nreturn {{ orders }}()", null),
            Arguments.of("python", "\nraise ValueError('{{ orders }}')", SHOWN),
            Arguments.of("python", "\nreturn 5 {{ orders }}", null),
            Arguments.of("php", "\nreturn 5 {{ orders }};", "unexpected fully qualified name \"{{ orders }}\""),
            Arguments.of("php", "\nthrow new Exception('{{ orders }}');", SHOWN),
            Arguments.of("javascript", "\nreturn {{ orders }}()", "{{ orders }} is not a function"),
            Arguments.of("javascript", "\nreturn 5 {{ orders }}", null));

    @ParameterizedTest
    @FieldSource("ERRORS")
    void errorsShowWhatTheAuthorWrote(String language, String code, String message) {
        Outcome outcome = OpenJails.run(block(language, code, 1).named("page.peb", 7));
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Failed.class);
        GuestError error = ((Outcome.Failed) outcome).error();
        assertThat(error.line()).isEqualTo(8);
        assertThat(error.message() + error.trace()).contains(SHOWN).doesNotContain(NAME);
        if (message != null) {
            assertThat(error.message()).contains(message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "php", "javascript"})
    void aValueThatCannotCrossIsCalledAsItsAuthorWroteIt(String language) {
        List<Object> value = new ArrayList<>(List.of(1, 2, 3, Map.of("total", Thread.currentThread())));
        assertThatThrownBy(() -> OpenJails.run(block(language, "", value)))
                .isInstanceOfSatisfying(
                        UnsupportedValueException.class,
                        e -> assertThat(e.path()).isEqualTo("{{ orders }}[3].total"));
    }
}
