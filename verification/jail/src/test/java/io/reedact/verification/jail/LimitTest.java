package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Execution;
import io.reedact.execution.GuestError;
import io.reedact.execution.LimitKind;
import io.reedact.execution.Outcome;
import io.reedact.unit.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits beside the eight basic abuses: which one is told, when, and from where it counts. */
@Tag("jail")
@ExtendWith(OpenJails.class)
class LimitTest {
    @TempDir
    Path folder;

    private Outcome under(String lines, String code) {
        return OpenJails.run(Execution.of("python", code).policy(OpenJails.policy(folder, "limits", lines)));
    }

    private static LimitKind kind(Outcome outcome) {
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.LimitExceeded.class);
        return ((Outcome.LimitExceeded) outcome).kind();
    }

    @Test
    @Tag("timing")
    void cpuTimeCountsOverAllProcesses() {
        Outcome outcome = under("cpu_time = \"300ms\"\ncpu_quota = 0.5", """
                import os
                os.fork()
                os.fork()
                while True:
                    pass
                """);
        assertThat(kind(outcome)).isEqualTo(LimitKind.CPU_TIME);
        assertThat(outcome.usage().cpu()).isBetween(Duration.ofMillis(300), Duration.ofMillis(500));
    }

    @Test
    @Tag("timing")
    void sleepingUsesNoCpuTime() {
        Outcome outcome = under("timeout = \"300ms\"\ncpu_time = \"200ms\"", "import time; time.sleep(60)");
        assertThat(kind(outcome)).isEqualTo(LimitKind.WALL_TIME);
        assertThat(outcome.usage().cpu()).isLessThan(Duration.ofMillis(100));
    }

    @Test
    @Tag("timing")
    void theQuotaSlowsAndIsTold() {
        Outcome outcome = under("cpu_quota = 0.2", """
                import time
                end = time.process_time() + 0.2
                while time.process_time() < end:
                    pass
                return True
                """);
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.timeline().run()).isGreaterThan(Duration.ofMillis(500));
        assertThat(outcome.usage().throttled()).isPositive();
    }

    @Test
    void aChildKilledForMemoryIsAMemoryKillWhateverTheParentSays() {
        Outcome outcome = under("memory_limit = \"48MiB\"", """
                import os
                if os.fork() == 0:
                    blocks = []
                    while True:
                        blocks.append(bytearray(b'x') * (1 << 20))
                os.wait()
                return 'all is well'
                """);
        assertThat(kind(outcome)).isEqualTo(LimitKind.MEMORY);
    }

    /** A few pages of the eight MiB may be ones the interpreter had charged before the job. */
    @Test
    void memoryCountsFromTheJobOnAndNotTheInterpreter() {
        Outcome outcome = under("memory_limit = \"16MiB\"", "x = bytearray(b'x') * (8 << 20)\nreturn len(x)");
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.usage().memoryPeakBytes().orElseThrow()).isBetween(7L << 20, 16L << 20);
    }

    @ParameterizedTest
    @MethodSource("heapCeilings")
    void anInterpreterAtItsOwnHeapCeilingFailsWithItsErrorAndAHint(String language, String code, String message) {
        Outcome outcome = OpenJails.run(Execution.of(language, code));
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Failed.class);
        GuestError error = ((Outcome.Failed) outcome).error();
        assertThat(error).isNotNull();
        assertThat(error.message()).contains(message);
        assertThat(error.hint()).contains("memory limit, 256MiB");
    }

    static List<Arguments> heapCeilings() {
        return List.of(
                Arguments.of("php", "$a = [];\nwhile (true) $a[] = str_repeat('x', 1 << 20);", "Allowed memory size"),
                Arguments.of(
                        "javascript", "const a = [];\nfor (;;) a.push(new Array(1e5).fill(1.5));", "out of memory"));
    }

    @ParameterizedTest
    @CsvSource({"php, throw new Exception('full')", "javascript, throw new Error('full')", "python, raise MemoryError()"
    })
    void anyOtherErrorHasNoHint(String language, String code) {
        Outcome outcome = OpenJails.run(Execution.of(language, code + ";"));
        assertThat(((Outcome.Failed) outcome).error().hint()).isNull();
    }

    @Test
    void aFullDiskIsAnErrorAndNeverAMemoryKill() {
        Outcome outcome = under("memory_limit = \"32MiB\"", """
                try:
                    with open('/dev/shm/x', 'wb') as file:
                        while True:
                            file.write(b'x' * 65536)
                except OSError as error:
                    return error.strerror
                """);
        assertThat(((Outcome.Completed) outcome).value()).isEqualTo("No space left on device");
        assertThat(outcome.usage().limitHits().disk()).isEqualTo(1);
        assertThat(outcome.usage().diskBytes()).isEqualTo(16L << 20);
    }

    @Test
    void aFileBeyondItsLimitIsAnErrorAndNoSignal() {
        Outcome outcome = under("file_size_limit = \"1MiB\"", """
                try:
                    open('/tmp/x', 'wb').write(b'x' * (2 << 20))
                except OSError as error:
                    return error.strerror
                """);
        assertThat(((Outcome.Completed) outcome).value()).isEqualTo("File too large");
    }

    @Test
    void aValueBeyondItsLimitIsTold() {
        Outcome outcome = under("value_limit = \"64KiB\"", "return 'x' * 70000");
        assertThat(kind(outcome)).isEqualTo(LimitKind.VALUE);
        assertThat(((Outcome.LimitExceeded) outcome).limit()).isEqualTo(64 << 10);
    }

    @Test
    void textIsKeptUpToTheOutputLimit() {
        Outcome outcome =
                under("output_limit = \"10KiB\"", "print('a' * 5000, flush=True)\nprint('b' * 20000, flush=True)");
        assertThat(kind(outcome)).isEqualTo(LimitKind.OUTPUT);
        assertThat(outcome.report().stdout().truncated()).isTrue();
        assertThat(outcome.report().stdout().size()).isEqualTo(10 << 10);
        assertThat(outcome.stdout()).startsWith("a".repeat(5000) + "\nbbb");
    }

    @Test
    @Tag("timing")
    void killingManyProcessesUnderTheSmallestQuotaIsQuick() {
        Outcome outcome = under("cpu_quota = 0.05\ntimeout = \"1500ms\"", """
                import os, time
                for _ in range(12):
                    if os.fork() == 0:
                        x = bytearray(b'x') * (8 << 20)
                        time.sleep(60)
                time.sleep(60)
                """);
        assertThat(kind(outcome)).isEqualTo(LimitKind.WALL_TIME);
        assertThat(outcome.timeline().teardown()).isLessThan(Duration.ofMillis(200));
    }

    @Test
    @Tag("timing")
    void outputThatAGrandchildKeepsOpenDoesNotHoldTheOutcomeUp() {
        Outcome outcome = under("timeout = \"20s\"", """
                import os, time
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        time.sleep(60)
                    os._exit(0)
                return 1
                """);
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.timeline().run()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void signalsThatAreIgnoredDoNotHelp() {
        Outcome outcome = under("timeout = \"300ms\"", """
                import signal
                for number in range(1, 65):
                    try:
                        signal.signal(number, signal.SIG_IGN)
                    except (OSError, ValueError):
                        pass
                while True:
                    pass
                """);
        assertThat(kind(outcome)).isEqualTo(LimitKind.WALL_TIME);
    }

    @Test
    void aRequestMayOnlyLowerWhatThePolicyGives() {
        Outcome outcome = OpenJails.run(Execution.of("python", "return bytearray(b'x') * (64 << 20) and 1")
                .memory(ByteSize.mebibytes(32)));
        assertThat(kind(outcome)).isEqualTo(LimitKind.MEMORY);
        assertThat(outcome.report().limits().memory()).isEqualTo(ByteSize.mebibytes(32));
    }

    @Test
    void loweringItsOwnLimitsDoesNotBringCoreFilesBack() {
        Object limits = OpenJails.value("python", """
                import resource
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                return list(resource.getrlimit(resource.RLIMIT_CORE))
                """);
        assertThat(limits).isEqualTo(List.of(1L, 1L));
    }

    @Test
    void raisingLimitsOrPriorityIsRefused() {
        Object answers = OpenJails.value("python", """
                import os, resource
                answers = {}
                def attempt(name, action):
                    try:
                        action()
                        answers[name] = True
                    except (OSError, ValueError):
                        answers[name] = False
                attempt('files', lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096)))
                attempt('nice', lambda: os.setpriority(os.PRIO_PROCESS, 0, -5))
                attempt('realtime', lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
                return answers
                """);
        assertThat(answers).isEqualTo(Map.of("files", false, "nice", false, "realtime", false));
    }
}
