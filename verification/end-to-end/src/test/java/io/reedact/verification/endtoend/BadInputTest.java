package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.verification.endtoend.Reedact.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be run is refused with a code, a place and a way out, and runs nothing. */
class BadInputTest {
    @TempDir
    Path folder;

    private static void isRefused(Result result, int status, String code) {
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("error[" + code + "]: ")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    @Test
    void anUnknownLanguageComesWithAGuess() {
        Result result = Reedact.run("run", "-l", "pyhton", "-c", "return 1");
        isRefused(result, 2, "RUN-001");
        assertThat(result.err()).contains("did you mean 'python'?");
    }

    @Test
    void aFileOfNoLanguageAsksForOne() throws IOException {
        Path file = Files.writeString(folder.resolve("code.xyz"), "x");
        isRefused(Reedact.run("run", file.toString()), 2, "CLI-004");
    }

    @Test
    void unreadableFilesAreNamed() throws IOException {
        Path latin = Files.write(folder.resolve("latin.py"), new byte[] {'#', (byte) 0xe4});
        Result missing = Reedact.run("run", folder + "/missing.py");
        isRefused(missing, 2, "CLI-002");
        assertThat(missing.err()).contains("there is no such file").contains("missing.py");
        assertThat(Reedact.run("run", "-l", "python", folder.toString()).err()).contains("it is a directory");
        assertThat(Reedact.run("run", latin.toString()).err()).contains("it is not UTF-8");
        isRefused(Reedact.run("run", "-l", "python", "-c", "1", "--stdin", folder + "/none"), 2, "CLI-002");
        isRefused(Reedact.run("run", "-l", "python", "-c", "1", "--context", folder + "/none"), 2, "CLI-002");
        isRefused(Reedact.run("run", "-l", "python", "-c", "1", "--file", "a=" + folder + "/none"), 2, "CLI-002");
    }

    @Test
    void malformedJsonIsShownWithLineAndColumn() throws IOException {
        Path context = Files.writeString(folder.resolve("context.json"), "{\n  \"a\": 1,\n  \"b\": oops\n}\n");
        Result result = Reedact.run("run", "-l", "python", "-c", "return a", "--context", context.toString());
        isRefused(result, 2, "CLI-003");
        assertThat(result.err())
                .contains("context.json:3:8")
                .contains("  \"b\": oops\n")
                .contains("^");
        isRefused(Reedact.run("run", "-l", "python", "-c", "return a", "--with", "a={x"), 2, "CLI-003");
        isRefused(Reedact.run("run", "-l", "python", "-c", "return a", "--with", "a=1 2"), 2, "CLI-003");
        isRefused(Reedact.run("run", "-l", "python", "-c", "return a", "--with", "a="), 2, "CLI-003");
    }

    @Test
    void everythingWrongInAPolicyIsSaidInOnePass() throws IOException {
        Path policy = Files.writeString(folder.resolve("shop.toml"), """
                memory_limit = "64 parsecs"
                timeout = 0
                netwrok_access = false
                process_limit = -1
                """);
        for (List<String> command : List.of(
                List.of("policy", "check", policy.toString()),
                List.of("run", "-p", policy.toString(), "-l", "python", "-c", "return 1"))) {
            Result result = Reedact.run(command.toArray(String[]::new));
            isRefused(result, 2, "POL-012");
            assertThat(result.err())
                    .contains("shop.toml:1:")
                    .contains("shop.toml:2:")
                    .contains("shop.toml:3:1")
                    .contains("shop.toml:4:")
                    .contains("netwrok_access = false\n")
                    .contains("^^^^^^^^^^^^^^")
                    .contains("did you mean 'network_access'?");
        }
    }

    @Test
    void malformedTomlIsShownWithLineAndColumn() throws IOException {
        Path policy = Files.writeString(folder.resolve("shop.toml"), "timeout = \"2s\"\nmemory_limit = \n");
        Result result = Reedact.run("policy", "check", policy.toString());
        isRefused(result, 2, "POL-003");
        assertThat(result.err()).contains("shop.toml:2:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10 parsecs", "1e30", "", "NaN", "64", "999999999999999999999GiB"})
    void aLimitThatIsNoneIsRefused(String limit) {
        for (String flag : List.of("--timeout", "--memory")) {
            Result result = Reedact.run("run", "-l", "python", "-c", "return 1", flag, limit);
            isRefused(result, 2, "REQ-002");
            assertThat(result.err()).contains(flag);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10 parsecs", "1e30", "", "NaN"})
    void aShareOfCoresThatIsNoneIsRefused(String cores) {
        isRefused(Reedact.run("run", "-l", "python", "-c", "return 1", "--cpu", cores), 2, "REQ-002");
    }

    @ParameterizedTest
    @CsvSource({"--timeout, 31s, 30s", "--memory, 257MiB, 256MiB", "--cpu, 0.6, 0.5"})
    void aRequestBeyondACeilingNamesIt(String flag, String value, String ceiling) {
        Result result = Reedact.run("run", "-l", "python", "-c", "return 1", flag, value);
        isRefused(result, 2, "REQ-001");
        assertThat(result.err()).contains(ceiling);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run                                         | nothing to run",
                "run -l python -c 1 file.py                  | there is code (-c) and a file ('file.py')",
                "run -l python -c 1 --block --program        | exclude each other",
                "run -l python -c 1 -- x                     | a block takes no arguments",
                "run -c 1                                    | which language",
                "run -l python -c 1 --timout 2s              | did you mean '--timeout'?",
                "run -l python -c 1 --with a                 | wants NAME=JSON",
                "run -l python -c 1 --file a                 | wants NAME=PATH",
                "run -l python -c 1 -p nosuch                | nosuch",
                "languages extra                             | unknown argument 'extra'",
                "explain NOPE-1                              | unknown code 'NOPE-1'",
                "policy chekc x.toml                         | did you mean 'check'?",
                "rnu                                         | did you mean 'run'?",
            })
    void aCommandLineThatMakesNoSenseSaysSo(String line, String told) {
        Result result = Reedact.run(line.strip().split(" "));
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("error[").contains(told);
    }

    @Test
    void aValueThatTheLanguageCannotHoldIsNamedWithItsPath() {
        Result result = Reedact.run(
                "run", "-l", "php", "-c", "return 1;", "--with", "a={\"b\":[1,123456789012345678901234567890]}");
        isRefused(result, 2, "VAL-002");
        assertThat(result.err()).contains("a.b[1]");
    }

    @Test
    void aRefusalInJsonHasTheContractsShape() throws IOException {
        Path policy = Files.writeString(folder.resolve("shop.toml"), "timeuot = \"1s\"\nmemory = 1\n");
        Result result = Reedact.run("run", "--json", "-p", policy.toString(), "-l", "python", "-c", "return 1");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).isEmpty();
        assertThat(result.json("outcome")).isEqualTo("refused");
        assertThat(result.json("problem", "code")).isEqualTo("POL-012");
        assertThat(result.json("problem", "file")).isEqualTo(policy.toString());
        assertThat(result.json("problem", "line")).isEqualTo(1);
        assertThat(result.json("problem", "column")).isEqualTo(1);
        assertThat(result.json("problem", "help")).asString().contains("did you mean 'timeout'?");
        assertThat(result.json("problem", "message")).asString().contains("timeuot");
        assertThat(result.json("problems"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }
}
