package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Exit;
import io.reedact.execution.GuestError;
import io.reedact.execution.LimitKind;
import io.reedact.execution.Outcome;
import io.reedact.execution.Output;
import io.reedact.execution.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutionJsonTest {

    @Test
    void everyFieldIsThereAndWhatIsAbsentIsNullOrEmpty() {
        assertThat(ExecutionJson.of(new Outcome.Completed(7L, Outcomes.writing("hi\n", ""))))
                .isEqualTo("{\"outcome\":\"completed\",\"language\":\"python\",\"runtime\":\"python 3.11.2\","
                        + "\"policy\":\"default\",\"value\":7,"
                        + "\"stdout\":\"hi\\n\",\"stdoutBase64\":null,\"stdoutTruncated\":false,"
                        + "\"stderr\":\"\",\"stderrBase64\":null,\"stderrTruncated\":false,"
                        + "\"error\":null,\"exit\":{\"code\":0,\"signal\":null},\"limit\":null,"
                        + "\"violations\":[],\"violationsTruncated\":false,"
                        + "\"limits\":{\"wallMillis\":30000.0,\"cpuMillis\":null,\"cpuCores\":0.5,"
                        + "\"memoryBytes\":268435456,\"processes\":64,\"outputBytes\":1048576,\"valueBytes\":16777216,"
                        + "\"diskBytes\":67108864,\"inodes\":4096,\"openFiles\":256,\"fileSizeBytes\":67108864},"
                        + "\"usage\":{\"wallMillis\":3.1,\"cpuMillis\":1.2,\"throttledMillis\":0.0,"
                        + "\"memoryPeakBytes\":9437184,\"processesPeak\":null,\"stdoutBytes\":3,\"stderrBytes\":0,"
                        + "\"valueBytes\":0,\"diskBytes\":0,\"limitHits\":{\"processes\":1,\"disk\":0,\"inodes\":0}},"
                        + "\"isolation\":{\"layers\":[\"user-namespace\",\"seccomp\"],\"missing\":[\"landlock\"],"
                        + "\"landlockAbi\":null},"
                        + "\"timeline\":{\"start\":\"cold\",\"queuedMillis\":0.0,\"jailMillis\":12.0,\"runMillis\":3.1,"
                        + "\"teardownMillis\":1.0,\"totalMillis\":17.0}}\n");
    }

    @Test
    void anErrorOfTheGuestHasFileAndLineWhereItHasThem() {
        var error = new GuestError("ZeroDivisionError", "division by zero", "page.peb", 14, "trace", "a way out");
        assertThat(ExecutionJson.of(new Outcome.Failed(error, Outcomes.ending(new Exit(1, null)))))
                .contains(
                        "\"error\":{\"type\":\"ZeroDivisionError\",\"message\":\"division by zero\","
                                + "\"file\":\"page.peb\",\"line\":14,\"trace\":\"trace\",\"hint\":\"a way out\"},\"exit\":{\"code\":1,\"signal\":null}");
        var placeless = new GuestError("Error", "x", null, 0, "", null);
        assertThat(ExecutionJson.of(new Outcome.Failed(placeless, Outcomes.quiet())))
                .contains("\"file\":null,\"line\":null,\"trace\":\"\",\"hint\":null");
    }

    @Test
    void aGuestThatDiedOfASignalHasNoExitCode() {
        assertThat(ExecutionJson.of(new Outcome.Failed(null, Outcomes.ending(new Exit(0, "SIGSEGV")))))
                .contains("\"error\":null,\"exit\":{\"code\":null,\"signal\":\"SIGSEGV\"}");
    }

    @Test
    void aGuestThatWasEndedHasNoExit() {
        assertThat(ExecutionJson.of(new Outcome.Cancelled(Outcomes.quiet()))).contains("\"exit\":null");
    }

    @Test
    void limitsAreBytesOrMillisecondsLikeUsage() {
        assertThat(ExecutionJson.of(new Outcome.LimitExceeded(LimitKind.MEMORY, 64, 65, Outcomes.quiet())))
                .contains("\"limit\":{\"kind\":\"memory\",\"limit\":64,\"used\":65}");
        var time = new Outcome.LimitExceeded(LimitKind.WALL_TIME, 500_000_000, 503_250_000, Outcomes.quiet());
        assertThat(ExecutionJson.of(time))
                .contains("\"limit\":{\"kind\":\"wall_time\",\"limit\":500.0,\"used\":503.25}");
    }

    @Test
    void violationsAreToldWithRuleAndHint() {
        var violation = new Violation("syscall", "socket", "AF_INET SOCK_STREAM", 3, "network_access = false", null);
        assertThat(ExecutionJson.of(new Outcome.Completed(null, Outcomes.denied(violation))))
                .contains(
                        "\"violations\":[{\"kind\":\"syscall\",\"name\":\"socket\",\"detail\":\"AF_INET SOCK_STREAM\","
                                + "\"count\":3,\"rule\":\"network_access = false\",\"hint\":null}]");
    }

    @Test
    void bytesThatAreNoTextComeInBase64Too() {
        var output = new Output(new byte[] {'a', (byte) 0xff}, true);
        var report = Outcomes.report(output, Output.NONE, new Exit(0, null), List.of());
        assertThat(ExecutionJson.of(new Outcome.Completed(null, report)))
                .contains("\"stdout\":\"a\ufffd\",\"stdoutBase64\":\"Yf8=\",\"stdoutTruncated\":true");
    }

    @Test
    void valuesKeepWhatJsonHasNoFormFor() {
        var value = Map.of("nan", Double.NaN);
        assertThat(ExecutionJson.of(new Outcome.Completed(value, Outcomes.quiet())))
                .contains("\"value\":{\"nan\":{\"$number\":\"NaN\"}}");
        assertThat(ExecutionJson.of(new Outcome.Completed("\ud800", Outcomes.quiet())))
                .contains("\"value\":\"\\ud800\"");
    }
}
