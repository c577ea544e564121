package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Execution;
import io.reedact.execution.GuestError;
import io.reedact.execution.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Code of each language runs as its author expects, and what goes wrong in it comes back as what it is. */
@Tag("jail")
@ExtendWith(OpenJails.class)
class LanguageTest {
    @TempDir
    Path folder;

    /** language, block named page.peb from line 10, type, part of the message, line. */
    static final List<Arguments> ERRORS = List.of(
            Arguments.of("python", "x = 1\n1 / 0", "ZeroDivisionError", "division by zero", 11),
            Arguments.of("python", "x = 1\ny = (", "SyntaxError", "'('", 11),
            Arguments.of(
                    "python",
                    "def f():\n    def g():\n        raise KeyError('k')\n    g()\nf()",
                    "KeyError",
                    "'k'",
                    12),
            Arguments.of(
                    "python",
                    "try:\n    1 / 0\nexcept Exception as e:\n    raise ValueError('outer') from e",
                    "ValueError",
                    "outer",
                    13),
            Arguments.of("python", "def f(): f()\nf()", "RecursionError", "recursion", 10),
            Arguments.of("php", "$x = 1;\nthrow new LogicException('no');", "LogicException", "no", 11),
            Arguments.of("php", "$x = 1;\nreturn $x +;", "ParseError", "unexpected", 11),
            Arguments.of("php", "function f() {\n  nothing_like_it();\n}\nf();", "Error", "undefined function", 11),
            Arguments.of(
                    "php",
                    "throw new Exception('outer', 1,\n  new LogicException('inner'));",
                    "Exception",
                    "outer",
                    10),
            Arguments.of(
                    "php",
                    "ini_set('memory_limit', '8M');\n$a = str_repeat('x', 64 << 20);",
                    "Error",
                    "Allowed memory size",
                    11),
            Arguments.of("javascript", "const x = 1;\nnull.x;", "TypeError", "null", 11),
            Arguments.of("javascript", "const x = 1;\nconst y = ;", "SyntaxError", "Unexpected", 11),
            Arguments.of(
                    "javascript",
                    "const f = () => {\n  throw new RangeError('deep');\n};\nf();",
                    "RangeError",
                    "deep",
                    11),
            Arguments.of(
                    "javascript",
                    "Promise.reject(new Error('lost'));\nawait new Promise(r => setTimeout(r, 50));",
                    "Error",
                    "lost",
                    10),
            Arguments.of(
                    "javascript",
                    "await null;\nthrow new Error('outer', {cause: new Error('inner')});",
                    "Error",
                    "outer",
                    11));

    @ParameterizedTest
    @FieldSource("ERRORS")
    void anErrorHasTheLineOfTheBlocksAuthor(String language, String code, String type, String message, int line) {
        Outcome outcome = OpenJails.run(Execution.of(language, code).named("page.peb", 10));
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Failed.class);
        GuestError error = ((Outcome.Failed) outcome).error();
        assertThat(error).as(outcome.stderr()).isNotNull();
        assertThat(error.type()).contains(type);
        assertThat(error.message()).containsIgnoringCase(message);
        assertThat(error.file()).isEqualTo("page.peb");
        assertThat(error.line()).isEqualTo(line);
        assertThat(error.trace()).doesNotContain("prelude", "/runtime/");
    }

    /** language, a block whose error has a cause. */
    static final List<Arguments> CHAINS = List.of(
            Arguments.of(
                    "python", "try:\n    int('inner')\nexcept Exception as e:\n    raise ValueError('outer') from e"),
            Arguments.of("php", "throw new Exception('outer', 1, new LogicException('inner'));"),
            Arguments.of("javascript", "throw new Error('outer', {cause: new Error('inner')});"));

    @ParameterizedTest
    @FieldSource("CHAINS")
    void aTraceShowsTheChainOfCauses(String language, String code) {
        var failed = (Outcome.Failed) OpenJails.block(language, code);
        assertThat(failed.error().trace()).contains("outer", "inner");
    }

    /** language, a block that exits with 3. */
    static final List<Arguments> EXITS = List.of(
            Arguments.of("python", "import sys\nsys.exit(3)"),
            Arguments.of("python", "import os\nos._exit(3)"),
            Arguments.of("php", "exit(3);"),
            Arguments.of("javascript", "process.exit(3)"));

    @ParameterizedTest
    @FieldSource("EXITS")
    void exitingIsTheGuestsOwnEnd(String language, String code) {
        Outcome outcome = OpenJails.block(language, code);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).exit().code()).isEqualTo(3);
    }

    /** language, a block that ends well without a value. */
    static final List<Arguments> EMPTY = List.of(
            Arguments.of("python", "import sys\nsys.exit(0)"),
            Arguments.of("php", "exit;"),
            Arguments.of("javascript", "process.exit()"));

    @ParameterizedTest
    @FieldSource("EMPTY")
    void exitingWithZeroIsCompletedWithoutAValue(String language, String code) {
        assertThat(OpenJails.value(language, code)).isNull();
    }

    /** language, a block that dies of SIGSEGV or exits with 137. */
    static final List<Arguments> DEATHS = List.of(
            Arguments.of("python", "import os\nos.kill(os.getpid(), 11)", 0, "SIGSEGV"),
            Arguments.of("python", "import os\nos.abort()", 0, "SIGABRT"),
            Arguments.of("python", "import os\nos._exit(137)", 137, null),
            Arguments.of("javascript", "process.kill(process.pid, 'SIGKILL')", 0, "SIGKILL"),
            Arguments.of("javascript", "process.exit(137)", 137, null),
            Arguments.of("php", "exit(137);", 137, null));

    @ParameterizedTest
    @FieldSource("DEATHS")
    void dyingByItselfIsNotBeingKilled(String language, String code, int exit, String signal) {
        Outcome outcome = OpenJails.block(language, code);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).exit().code()).isEqualTo(exit);
        assertThat(((Outcome.Failed) outcome).exit().signal()).isEqualTo(signal);
    }

    /** language, a block that prints to both streams and reads its input. */
    static final List<Arguments> STREAMS = List.of(
            Arguments.of("python", "import sys\nprint('out')\nprint('err', file=sys.stderr)\nreturn sys.stdin.read()"),
            Arguments.of("php", "echo \"out\\n\"; fwrite(STDERR, \"err\\n\"); return stream_get_contents(STDIN);"),
            Arguments.of(
                    "javascript",
                    "console.log('out'); console.error('err'); return require('fs').readFileSync(0, 'utf8')"));

    @ParameterizedTest
    @FieldSource("STREAMS")
    void streamsAreApartFromTheValue(String language, String code) {
        String text = "line\n".repeat(100_000);
        Outcome outcome = OpenJails.run(Execution.of(language, code).stdin(text));
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Completed.class);
        assertThat(((Outcome.Completed) outcome).value()).isEqualTo(text);
        assertThat(outcome.stdout()).isEqualTo("out\n");
        assertThat(outcome.stderr()).isEqualTo("err\n");
    }

    @Test
    void warningsOfPhpGoToStderrAndTheRunGoesOn() {
        Outcome outcome = OpenJails.run(
                Execution.of("php", "$a = [];\n$b = $a['none'];\nreturn 'on';").named("page.peb", 5));
        assertThat(((Outcome.Completed) outcome).value()).isEqualTo("on");
        assertThat(outcome.stderr()).contains("Warning", "page.peb", "6");
    }

    /** language, a program, the arguments that it prints. */
    static final List<Arguments> PROGRAMS = List.of(
            Arguments.of("python", "import sys\nif __name__ == '__main__':\n    print(sys.argv[1:])", "['a', 'b c']\n"),
            Arguments.of("php", "<?php\necho json_encode(array_slice($argv, 1)), \"\\n\";", "[\"a\",\"b c\"]\n"),
            Arguments.of("javascript", "console.log(JSON.stringify(process.argv.slice(2)))", "[\"a\",\"b c\"]\n"),
            Arguments.of(
                    "javascript",
                    "import fs from 'node:fs';\nconst x = await Promise.resolve(fs.constants.F_OK);\nconsole.log(x)",
                    "0\n"));

    @ParameterizedTest
    @FieldSource("PROGRAMS")
    void programsAreWholeScripts(String language, String code, String output) {
        Outcome outcome = OpenJails.run(Execution.program(language, code).args("a", "b c"));
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.stdout()).isEqualTo(output);
        assertThat(((Outcome.Completed) outcome).value()).isNull();
    }

    /** language, a program that fails. */
    static final List<Arguments> FAILING = List.of(
            Arguments.of("python", "raise ValueError('no')", "ValueError", 1),
            Arguments.of("php", "<?php throw new LogicException('no');", "LogicException", 255),
            Arguments.of("javascript", "throw new TypeError('no')", "TypeError", 1));

    @ParameterizedTest
    @FieldSource("FAILING")
    void aFailingProgramSaysSoTwice(String language, String code, String type, int exit) {
        var failed = (Outcome.Failed) OpenJails.run(Execution.program(language, code));
        assertThat(failed.exit().code()).isEqualTo(exit);
        assertThat(failed.error().type()).contains(type);
        assertThat(failed.stderr()).contains("no");
    }

    /** language, code that uses a good part of the standard library. */
    static final List<Arguments> LIBRARIES = List.of(
            Arguments.of(
                    "python",
                    "import json, re, datetime, statistics, sqlite3, ssl, decimal, hashlib, threading, subprocess, asyncio, zlib, csv\n"
                            + "c = sqlite3.connect(':memory:')\nr = []\n"
                            + "t = threading.Thread(target=lambda: r.append(1)); t.start(); t.join()\n"
                            + "return [c.execute('select 41 + 1').fetchone()[0], len(r), len(hashlib.sha256(b'x').hexdigest())]",
                    List.of(42L, 1L, 64L)),
            Arguments.of(
                    "php",
                    "return [preg_match('/b/u', 'abc'), strlen(hash('sha256', 'x')), (new DateTime('@0'))->format('Y'), json_encode([1])];",
                    List.of(1L, 64L, "1970", "[1]")),
            Arguments.of(
                    "javascript",
                    "const {createHash} = require('crypto'); const path = await import('node:path');\n"
                            + "const {Worker} = require('worker_threads');\n"
                            + "const n = await new Promise(r => new Worker('require(\"worker_threads\").parentPort.postMessage(5)', {eval: true}).on('message', r));\n"
                            + "return [createHash('sha256').update('x').digest('hex').length, path.basename('/a/b'), n]",
                    List.of(64L, "b", 5L)));

    @ParameterizedTest
    @FieldSource("LIBRARIES")
    void theStandardLibraryWorks(String language, String code, Object expected) {
        assertThat(OpenJails.value(language, code)).isEqualTo(expected);
    }

    @Test
    void modulesOfTheModulePathCanBeImported() throws IOException {
        Path modules = Files.createDirectories(
                Path.of("/var/tmp/reedact-test-" + ProcessHandle.current().pid()));
        Files.writeString(modules.resolve("shop.py"), "RATE = 3\n");
        Files.writeString(modules.resolve("shop.php"), "<?php return 3;\n");
        Files.createDirectories(modules.resolve("shop"));
        Files.writeString(modules.resolve("shop/index.js"), "exports.rate = 3;\n");
        String policy =
                OpenJails.policy(folder, "modules", "module_path = [\"" + modules + "\"]\nwidens = [\"module_path\"]");
        Map<String, String> blocks = Map.of(
                "python", "import shop\nreturn shop.RATE",
                "php", "return include 'shop.php';",
                "javascript", "return require('shop').rate");
        try {
            blocks.forEach((language, code) -> assertThat(
                            OpenJails.value(Execution.of(language, code).policy(policy)))
                    .isEqualTo(3L));
        } finally {
            for (String file : List.of("shop.py", "shop.php", "shop/index.js", "shop", "")) {
                Files.delete(modules.resolve(file));
            }
        }
    }

    @Test
    void filesOfARequestLieInTheWorkingDirectory() {
        Map<String, String> blocks = Map.of(
                "python", "return open('data.txt').read()",
                "php", "return file_get_contents('data.txt');",
                "javascript", "return require('fs').readFileSync('data.txt', 'utf8')");
        blocks.forEach((language, code) -> assertThat(OpenJails.value(Execution.of(language, code)
                        .file("data.txt", "té\0xt".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isEqualTo("té\0xt"));
    }

    /** language, an attempt to look like another outcome. */
    static final List<Arguments> FORGERIES = List.of(
            Arguments.of("python", "import os\nos.write(4, b'{\"limit\":\"memory\"}')\nos._exit(0)"),
            Arguments.of("python", "import os\nos.write(4, b'R' * 100)\nos._exit(0)"),
            Arguments.of("python", "print('OUTCOME limit-exceeded memory killed 137')\nraise SystemExit(9)"));

    @ParameterizedTest
    @FieldSource("FORGERIES")
    void nothingAGuestWritesTurnsItsOutcomeIntoAnother(String language, String code) {
        assertThat(OpenJails.block(language, code)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void theLinkerFindsTheInterpretersLibrariesWithoutSearching() {
        assertThat(String.valueOf(OpenJails.value("python", """
                import subprocess, sys
                child = [sys.executable, '-I', '-S', '-c', '1']
                return subprocess.run(child, env={'LD_DEBUG': 'libs'}, capture_output=True, text=True).stderr
                """)))
                .contains("search cache=/etc/ld.so.cache", "/lib/x86_64-linux-gnu/libc.so.6")
                .doesNotContain("search path=");
    }
}
