package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Execution;
import io.reedact.execution.GuestError;
import io.reedact.execution.Outcome;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A block that is only compiled: the same syntax error as for one that is run, and not one step of it is taken. */
@Tag("jail")
@ExtendWith(OpenJails.class)
class SyntaxCheckTest {
    /** language, a block that prints if anything of it runs. */
    static final List<Arguments> LOUD = List.of(
            Arguments.of("python", "print('ran')"),
            Arguments.of("python", "import sys\nsys.exit(print('ran'))"),
            Arguments.of("python", "@print\ndef f(x=print('ran')): pass"),
            Arguments.of("python", "class C(print('ran') or object):\n    print('ran')"),
            Arguments.of("python", "text = '''\n'''; print('ran')"),
            Arguments.of("python", "from __future__ import annotations\nx: print('ran') = print('ran')"),
            Arguments.of("php", "echo 'ran';"),
            Arguments.of("php", "exit('ran');"),
            Arguments.of("php", "?>ran"),
            Arguments.of("php", "<?php\necho 'ran';"),
            Arguments.of("php", "declare(strict_types=1); echo 'ran';"),
            Arguments.of("php", "// first\ndeclare(strict_types=1) ?>\n<?php echo 'ran';"),
            Arguments.of("php", "declare(ticks=1) { echo 'ran'; }"),
            Arguments.of("php", "declare(ticks=1);\n/* why */ namespace shop; use Closure as C; echo 'ran';"),
            Arguments.of("php", "namespace a { echo 'ran'; } namespace b { echo 'ran'; }"),
            Arguments.of("php", "/* a */ echo 'ran'; /* b */ declare(ticks=1); echo 'ran';"),
            Arguments.of("php", "// ?> x <?php echo 'ran';"),
            Arguments.of("php", "?><?php\f namespace a; ?>x<?php echo 'ran';"),
            Arguments.of("php", "declare(encoding=');'); echo 'ran';"),
            Arguments.of("php", "goto end; end: echo 'ran';"),
            Arguments.of("php", "echo 'ran'; if (true)"),
            Arguments.of("php", "echo 'ran'; __halt_compiler(); what ever"),
            Arguments.of("javascript", "console.log('ran')"),
            Arguments.of("javascript", "class C { static { console.log('ran') } static x = console.log('ran') }"),
            Arguments.of("javascript", "await console.log('ran')"),
            Arguments.of("javascript", "}}); console.log('ran'); (function () { return async function () {"));

    @ParameterizedTest
    @FieldSource("LOUD")
    void nothingOfABlockRuns(String language, String code) {
        assertThat(OpenJails.block(language, code).stdout()).as("the control").contains("ran");
        Outcome checked = OpenJails.run(Execution.of(language, code).syntaxOnly());
        assertThat(checked)
                .as(checked.toString())
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        completed -> assertThat(completed.value()).isNull());
        assertThat(checked.stdout()).isEmpty();
    }

    /** language, a block whose first step is a denied system call. */
    static final List<Arguments> DENIED = List.of(
            Arguments.of("python", "import socket\nsocket.socket(socket.AF_INET)"),
            Arguments.of("php", "@stream_socket_client('tcp://192.0.2.1:80');"),
            Arguments.of(
                    "javascript", "await new Promise(r => require('net').connect(80, '192.0.2.1').on('error', r))"));

    @ParameterizedTest
    @FieldSource("DENIED")
    void noSystemCallOfABlockIsMade(String language, String code) {
        assertThat(OpenJails.block(language, code).violations())
                .as("the control")
                .isNotEmpty();
        assertThat(OpenJails.run(Execution.of(language, code).syntaxOnly()).violations())
                .isEmpty();
    }

    /** language, a block that does not compile, part of the message, line when it is named from line 10. */
    static final List<Arguments> WRONG = List.of(
            Arguments.of("python", "x = 1\ny = (", "'('", 11),
            Arguments.of("python", "print('ran')\n  x = 1", "indent", 11),
            Arguments.of("python", "print('ran')\ndef f():\n    nonlocal y", "nonlocal", 12),
            Arguments.of("python", "print('ran')\nbreak", "break", 11),
            Arguments.of("php", "echo 'ran';\nreturn $x +;", "unexpected", 11),
            Arguments.of("php", "declare(strict_types=1);\nnamespace shop;\nreturn $x +;", "unexpected", 12),
            Arguments.of("php", "echo 'ran';\nbreak;", "break", 11),
            Arguments.of("php", "echo 'ran';\nfunction f() {}\nfunction f() {}", "redeclare", 12),
            Arguments.of("php", "namespace a {\n  echo 'ran';\n  const A = $x;\n}", "constant expression", 12),
            Arguments.of("php", "echo 'ran';\nnamespace shop;", "very first", 11),
            Arguments.of("javascript", "console.log('ran');\nconst y = ;", "Unexpected", 11),
            Arguments.of("javascript", "console.log('ran');\nlet a, a;", "already been declared", 11),
            Arguments.of("javascript", "console.log('ran');\n() => { () => /(/ };", "regular expression", 11));

    @ParameterizedTest
    @FieldSource("WRONG")
    void theErrorIsTheOneThatRunningTheBlockGives(String language, String code, String message, int line) {
        Execution execution = Execution.of(language, code).named("page.peb", 10);
        GuestError checked = error(execution.syntaxOnly());
        assertThat(checked).isEqualTo(error(execution));
        assertThat(checked.message()).containsIgnoringCase(message);
        assertThat(checked.file()).isEqualTo("page.peb");
        assertThat(checked.line()).isEqualTo(line);
    }

    private static GuestError error(Execution execution) {
        Outcome outcome = OpenJails.run(execution);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.stdout()).isEmpty();
        return ((Outcome.Failed) outcome).error();
    }

    /** language, a block with an input and a hole. */
    static final List<Arguments> GIVEN = List.of(
            Arguments.of("python", "return [x, reedact_1]"),
            Arguments.of("php", "return [$x, \\reedact_1];"),
            Arguments.of("javascript", "return [x, reedact_1]"));

    @ParameterizedTest
    @FieldSource("GIVEN")
    void inputsAndHolesMayBeThere(String language, String code) {
        Execution execution = Execution.of(language, code).with("x", 1).withHole("reedact_1", "{{ x }}", List.of());
        assertThat(OpenJails.value(execution.syntaxOnly())).isNull();
    }
}
