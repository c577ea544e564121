package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.verification.endtoend.Reedact.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("jail")
class RunTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "python     | return sum(prices)",
                "php        | return array_sum($prices);",
                "javascript | return prices.reduce((a, b) => a + b)",
                "py         | return sum(prices)",
                "js         | return prices.reduce((a, b) => a + b)",
            })
    void aBlockGivesItsValue(String language, String code) {
        Result result = Reedact.run("run", "-l", language, "-c", code, "--with", "prices=[3,4]");
        assertThat(result).isEqualTo(new Result(0, "7\n", ""));
    }

    @Test
    void stdoutOfTheGuestComesBeforeTheValue() {
        Result result = Reedact.run("run", "-l", "python", "-c", "print('hello'); return {'a': [1.0, None, 'ü']}");
        assertThat(result.out()).isEqualTo("hello\n{\"a\":[1.0,null,\"ü\"]}\n");
    }

    @Test
    void theValueHasALineOfItsOwn() {
        Result result = Reedact.run("run", "-l", "python", "-c", "print('no line end', end=''); return 7");
        assertThat(result.out()).isEqualTo("no line end\n7\n");
    }

    @Test
    void nothingIsPrintedWhereThereIsNoValue() {
        assertThat(Reedact.run("run", "-l", "python", "-c", "pass")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void stderrOfTheGuestIsTalk() {
        Result result = Reedact.run("run", "-l", "python", "-c", "import sys; print('oh', file=sys.stderr); return 1");
        assertThat(result.out()).isEqualTo("1\n");
        assertThat(result.err()).isEqualTo("oh\n");
    }

    @Test
    void aFileIsAProgramWithArguments() throws IOException {
        Path program = file("show.py", "import sys\nprint(__name__, sys.argv[1:])\n");
        Result result = Reedact.run("run", program.toString(), "--", "--json", "two words", "");
        assertThat(result).isEqualTo(new Result(0, "__main__ ['--json', 'two words', '']\n", ""));
    }

    @Test
    void aFileCanBeABlock() throws IOException {
        Path block = file("sum.php", "return $a + $b;\n");
        Result result = Reedact.run("run", "--block", "--with", "a=1", "--with", "b=2", block.toString());
        assertThat(result.out()).isEqualTo("3\n");
    }

    @Test
    void codeCanBeAProgram() {
        Result result = Reedact.run(
                "run",
                "-l",
                "php",
                "--program",
                "-c",
                "<?php echo implode(',', array_slice($argv, 1));",
                "--",
                "x",
                "y");
        assertThat(result).isEqualTo(new Result(0, "x,y", ""));
    }

    @Test
    void inputsOnTheCommandLineWinOverThoseOfAContext() throws IOException {
        Path context = file("context.json", "{\"a\": 1, \"b\": {\"c\": [true]}}");
        Result result = Reedact.run(
                "run", "-l", "python", "-c", "return [a, b]", "--context", context.toString(), "--with", "a=\"mine\"");
        assertThat(result.out()).isEqualTo("[\"mine\",{\"c\":[true]}]\n");
    }

    @Test
    void valuesKeepTheirKindOnTheWayThroughAGuest() {
        String value = "{\"big\":123456789012345678901234567890,\"decimal\":{\"$decimal\":\"1.10\"},\"whole\":1.0,"
                + "\"nan\":{\"$number\":\"NaN\"},\"bytes\":{\"$bytes\":\"AP8=\"},\"map\":{\"$map\":{\"$bytes\":\"x\"}}}";
        Result result = Reedact.run("run", "-l", "python", "-c", "return v", "--with", "v=" + value);
        assertThat(result.out()).isEqualTo(value + "\n");
    }

    @Test
    void stdinIsWhatTheCallerGives() throws IOException {
        Path names = file("names", "Ada\n");
        String code = "import sys; return sys.stdin.read()";
        assertThat(Reedact.run("run", "-l", "python", "-c", code).out()).isEqualTo("\"\"\n");
        assertThat(Reedact.run("run", "-l", "python", "-c", code, "--stdin", names.toString())
                        .out())
                .isEqualTo("\"Ada\\n\"\n");
        assertThat(Reedact.command("run", "-l", "python", "-c", code, "--stdin", "-")
                        .fedWith("Grace")
                        .run()
                        .out())
                .isEqualTo("\"Grace\"\n");
    }

    @Test
    void filesAreCopiedIntoTheWorkingDirectory() throws IOException {
        Path original = file("original", "before");
        String code = "text = open('copy.txt').read(); open('copy.txt', 'w').write('after'); return text";
        Result result = Reedact.run("run", "-l", "python", "-c", code, "--file", "copy.txt=" + original);
        assertThat(result.out()).isEqualTo("\"before\"\n");
        assertThat(original).hasContent("before");
    }

    @Test
    void anErrorOfTheGuestIsToldWithItsPlace() throws IOException {
        Path block = file("wrong.py", "x = 1\nreturn x / 0\n");
        Result result = Reedact.run("run", "--block", block.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("ZeroDivisionError")
                .contains("division by zero")
                .contains("wrong.py:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import sys; sys.exit(3)                          | 1 | 3",
                "import os; os._exit(137)                         | 1 | 137",
                "import os, signal; os.kill(os.getpid(), 9)       | 1 | SIGKILL",
                "x = bytearray(200 << 20)                         | 3 | memory",
                "while True: pass                                 | 3 | 500ms",
                "while True: print('x' * 4096)                    | 3 | output",
            })
    void theExitStatusAndStderrTellWhatEndedIt(String code, int status, String told) {
        Result result =
                Reedact.run("run", "-l", "python", "--program", "-c", code, "--timeout", "500ms", "--memory", "64MiB");
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.err()).contains(told).doesNotContain("\tat ");
    }

    @Test
    void aForeignSystemCallInterfaceEndsTheRunAsAViolation() {
        // mov eax, 20; int 0x80; ret: getpid by the interface of 32-bit programs.
        String code = """
                import ctypes, mmap
                memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
                memory.write(bytes.fromhex('b814000000cd80c3'))
                call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
                return call()
                """;
        Result result = Reedact.run("run", "-l", "python", "-c", code);
        assertThat(result.status()).as(result.err()).isEqualTo(4);
        assertThat(result.err()).contains("i386");
    }

    @Test
    void aDeniedCallIsNamedWithItsRuleAndTheProgramGoesOn() {
        String code = "import socket\ntry:\n  socket.socket()\nexcept OSError as e:\n  return e.errno";
        Result result = Reedact.run("run", "-l", "python", "-c", code);
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("13\n");
        assertThat(result.err()).contains("socket").contains("network_access = false");
    }

    @Test
    void aPolicyCanBeNamedOrBeAFile() throws IOException {
        Path policy = file("small.toml", "extends = \"default\"\ntimeout = \"300ms\"\n");
        Result result = Reedact.run("run", "-p", policy.toString(), "-l", "python", "-c", "while True: pass");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains("300ms");
        assertThat(Reedact.run("run", "-p", "strict", "-l", "python", "-c", "return 1")
                        .out())
                .isEqualTo("1\n");
    }

    @Test
    void theTimelineIsTalk() {
        Result result = Reedact.run("run", "--timeline", "--cold", "-l", "python", "-c", "return 1");
        assertThat(result.out()).isEqualTo("1\n");
        assertThat(result.err()).contains("cold").contains("seccomp").contains("memory");
    }

    @Test
    void whatAGuestWritesIsNotEscapedWhereNobodyWatches() {
        Result result = Reedact.run("run", "-l", "python", "-c", "print('\\x1b[31mred')");
        assertThat(result.out()).isEqualTo("\033[31mred\n");
    }

    @Test
    void bytesOfTheGuestPassUnchanged() throws IOException {
        Path out = folder.resolve("out");
        Reedact.shell("\"$REEDACT\" run -l python --program -c 'import os; os.write(1, bytes(range(256)))' >" + out)
                .run();
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(Files.readAllBytes(out)).isEqualTo(all);
    }
}
