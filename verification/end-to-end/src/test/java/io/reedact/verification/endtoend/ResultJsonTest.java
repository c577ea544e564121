package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.verification.endtoend.Reedact.Result;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shape of results, which scripts rely on: every field is there whatever the outcome. */
@Tag("jail")
class ResultJsonTest {
    private static final Map<String, Set<String>> SHAPE = Map.of(
            "",
            Set.of(
                    "outcome",
                    "language",
                    "runtime",
                    "policy",
                    "value",
                    "stdout",
                    "stderr",
                    "stdoutTruncated",
                    "stderrTruncated",
                    "error",
                    "exit",
                    "limit",
                    "violations",
                    "violationsTruncated",
                    "usage",
                    "isolation",
                    "timeline"),
            "usage",
            Set.of(
                    "wallMillis",
                    "cpuMillis",
                    "throttledMillis",
                    "memoryPeakBytes",
                    "processesPeak",
                    "stdoutBytes",
                    "stderrBytes",
                    "valueBytes",
                    "diskBytes",
                    "limitHits"),
            "isolation",
            Set.of("layers", "missing", "landlockAbi"),
            "timeline",
            Set.of("start", "queuedMillis", "jailMillis", "runMillis", "teardownMillis", "totalMillis"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return 7                                     | completed      | 0",
                "1 / 0                                        | failed         | 1",
                "import os; os._exit(9)                       | failed         | 1",
                "while True: pass                             | limit-exceeded | 3",
            })
    void everyFieldIsThereWhateverTheOutcome(String code, String outcome, int status) {
        Result result = Reedact.run("run", "--json", "-l", "python", "--timeout", "300ms", "-c", code);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.err()).isEmpty();
        assertThat(result.json("outcome")).isEqualTo(outcome);
        SHAPE.forEach((part, keys) -> {
            var object = (Map<?, ?>) (part.isEmpty() ? result.json() : result.json(part));
            assertThat(object.keySet().stream().map(String::valueOf)).containsAll(new TreeSet<>(keys));
        });
    }

    @Test
    void aCompletedBlockTellsEverythingAboutItsRun() {
        Result result = Reedact.run("run", "--json", "-l", "python", "-c", "print('hi'); return {'a': 1}");
        assertThat(result.json("value")).isEqualTo(Map.of("a", 1));
        assertThat(result.json("stdout")).isEqualTo("hi\n");
        assertThat(result.json("language")).isEqualTo("python");
        assertThat(result.json("runtime")).asString().startsWith("python 3.");
        assertThat(result.json("policy")).isEqualTo("default");
        assertThat(result.json("error")).isNull();
        assertThat(result.json("limit")).isNull();
        assertThat(result.json("exit", "code")).isEqualTo(0);
        assertThat(result.json("exit", "signal")).isNull();
        assertThat(result.json("usage", "stdoutBytes")).isEqualTo(3);
        assertThat(result.json("timeline", "start")).isEqualTo("cold");
        assertThat((List<?>) result.json("isolation", "layers")).isNotEmpty();
    }

    @Test
    void aLimitIsNamedWithItsAmounts() {
        Result result = Reedact.run(
                "run", "--json", "-l", "python", "--memory", "64MiB", "-c", "return len(bytearray(200 << 20))");
        assertThat(result.json("limit", "kind")).isEqualTo("memory");
        assertThat(result.json("limit", "limit")).isEqualTo(64 << 20);
        assertThat(((Number) result.json("limit", "used")).longValue()).isGreaterThan(60 << 20);
    }

    @Test
    void aDeniedCallIsAViolationAndNotAnOutcome() {
        Result result = Reedact.run("run", "--json", "-l", "python", "-c", "import socket; socket.socket()");
        assertThat(result.json("outcome")).isEqualTo("failed");
        assertThat(result.json("error", "type")).isEqualTo("PermissionError");
        assertThat(result.json("violations", 0, "kind")).isEqualTo("syscall");
        assertThat(result.json("violations", 0, "name")).isEqualTo("socket");
        assertThat(result.json("violations", 0, "detail"))
                .asString()
                .contains("AF_INET")
                .contains("SOCK_STREAM");
        assertThat(result.json("violations", 0, "count")).isEqualTo(1);
        assertThat(result.json("violations", 0, "rule")).isEqualTo("network_access = false");
    }

    @Test
    void outputThatIsNoTextComesInBase64() {
        Result result = Reedact.run("run", "--json", "-l", "python", "-c", "import os; os.write(1, b'a\\xff')");
        assertThat(result.json("stdout")).isEqualTo("a\ufffd");
        assertThat(result.json("stdoutBase64")).isEqualTo("Yf8=");
    }

    @Test
    void languagesTellWhatCanBeRun() {
        Result result = Reedact.run("languages", "--json");
        assertThat(names(result.json("languages"))).contains("javascript", "php", "python");
        assertThat(Reedact.run("languages").out()).contains("python").contains("/usr/bin/python3");
    }

    @Test
    void doctorEndsWithAJailForEachLanguage() {
        Result result = Reedact.run("doctor", "--json");
        assertThat(result.status()).as(result.out()).isZero();
        assertThat(result.json("ok")).isEqualTo(true);
        assertThat(names(result.json("checks")))
                .contains("kernel", "control groups", "landlock", "a jail for python", "a jail for php");
    }

    private static List<Object> names(Object list) {
        return ((List<?>) list)
                .stream().<Object>map(each -> ((Map<?, ?>) each).get("name")).toList();
    }
}
