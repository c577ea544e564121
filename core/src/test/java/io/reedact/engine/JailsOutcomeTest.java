package io.reedact.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Execution;
import io.reedact.execution.Exit;
import io.reedact.execution.GuestError;
import io.reedact.execution.LimitHits;
import io.reedact.execution.LimitKind;
import io.reedact.execution.Outcome;
import io.reedact.execution.Report;
import io.reedact.execution.Timeline;
import io.reedact.execution.Usage;
import io.reedact.execution.Violation;
import io.reedact.unit.ByteSize;
import io.reedact.wire.FrameType;
import io.reedact.wire.Messages;
import io.reedact.wire.OutcomeFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an execution to its outcome, with a jailer that says what the test wants. */
@Timeout(20)
class JailsOutcomeTest {
    private static final Execution BLOCK = Execution.of("toy", "return 1");

    private static final AtomicReference<FakeJails.Script> SCRIPT = new AtomicReference<>();

    @TempDir
    static Path folder;

    private static FakeJails fake;
    private static Jails jails;

    @BeforeAll
    static void open() throws IOException {
        fake = new FakeJails(folder, "home");
        jails = fake.open(exchange -> SCRIPT.get().play(exchange));
    }

    @AfterAll
    static void close() throws IOException {
        jails.close();
        fake.close();
    }

    private static Outcome run(Execution execution, FakeJails.Script script) {
        SCRIPT.set(script);
        return jails.run(execution);
    }

    private static Outcome run(FakeJails.Script script) {
        return run(BLOCK, script);
    }

    @Test
    void aValueComesBack() {
        Outcome outcome = run(exchange -> {
            exchange.ready();
            exchange.value("{\"val").value("ue\":[1,{\"$bytes\":\"AQI=\"}]}").exited(0);
        });
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Completed.class, completed -> {
            assertThat(completed.value())
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class))
                    .hasSize(2)
                    .first()
                    .isEqualTo(1L);
        });
    }

    @Test
    void aProgramNeedsNoValue() {
        Outcome outcome = run(Execution.program("t", "print(1)"), exchange -> {
            exchange.ready().stdout("1\n").exited(0);
        });
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        completed -> assertThat(completed.value()).isNull());
        assertThat(outcome.stdout()).isEqualTo("1\n");
    }

    @Test
    void theGuestGetsWhatTheExecutionHolds() {
        AtomicReference<String> job = new AtomicReference<>("");
        AtomicReference<String> stdin = new AtomicReference<>("");
        AtomicReference<String> spec = new AtomicReference<>("");
        Execution execution = BLOCK.with("price", 3)
                .with("big", Long.MAX_VALUE)
                .args("-v", "x y")
                .stdin("line\n")
                .file("data.csv", new byte[] {1, 2})
                .memory(ByteSize.mebibytes(100))
                .named("page.peb", 14);
        run(execution, exchange -> {
            spec.set(exchange.spec());
            exchange.ready();
            job.set(exchange.job());
            stdin.set(exchange.stdin());
            exchange.exited(0);
        });
        assertThat(job.get())
                .contains("\"mode\":\"block\"", "\"source\":\"return 1\"", "\"file\":\"page.peb\"", "\"line\":14")
                .contains("\"price\":3", "\"$integer\":\"7fffffffffffffff\"", "[\"-v\",\"x y\"]")
                .contains("\"data.csv\":{\"$bytes\":\"AQI=\"}", "\"memory\":104857600", "\"tagged\":true")
                .contains("\"processors\":1", "\"holes\":{}");
        assertThat(stdin.get()).isEqualTo("line\n");
        assertThat(spec.get())
                .contains("/runtime/prelude.toy", "\0\0\0\u000250", "HOME=/job", "TZ=UTC", "LC_ALL=C.UTF-8")
                .contains("/etc/passwd", "/etc/localtime", "TZif2")
                .doesNotContain("return 1", "price");
    }

    @Test
    void aBlockThatIsOnlyCompiledSaysSo() {
        AtomicReference<String> job = new AtomicReference<>("");
        run(BLOCK.syntaxOnly(), exchange -> {
            job.set(exchange.ready().job());
            exchange.exited(0);
        });
        assertThat(job.get()).contains("\"mode\":\"check\"");
    }

    @Test
    void whatWasWrittenBeforeTheGuestWasReadyIsNotItsOutput() {
        Outcome outcome = run(exchange -> {
            exchange.stdout("warming").stderr("up").ready();
            exchange.stdout("a").stderr("e").stdout("bc").exited(0);
        });
        assertThat(outcome.stdout()).isEqualTo("abc");
        assertThat(outcome.stderr()).isEqualTo("e");
    }

    @Test
    void outputThatWasCutSaysSo() {
        Report report = run(exchange -> {
                    exchange.ready().stdout("ab").stderr("cd");
                    exchange.limit(LimitKind.OUTPUT, 2, 3);
                })
                .report();
        assertThat(report.stdout().truncated()).as("2 of 3 bytes").isTrue();
        assertThat(report.stderr().truncated()).as("2 of 2 bytes").isFalse();
    }

    @Test
    void usageLayersAndTimesAreTheJailers() {
        Outcome outcome = run(exchange -> exchange.ready().exited(0));
        assertThat(outcome.usage())
                .isEqualTo(new Usage(
                        Duration.ofNanos(11),
                        Duration.ofNanos(12),
                        Duration.ofNanos(13),
                        OptionalLong.of(14),
                        OptionalInt.of(15),
                        3,
                        2,
                        18,
                        19,
                        new LimitHits(20, 21, 22)));
        assertThat(outcome.layers()).containsExactly("landlock", "seccomp");
        assertThat(outcome.isolation().missing())
                .hasSize(19)
                .contains("pid-namespace")
                .doesNotContain("seccomp");
        assertThat(outcome.isolation().landlockAbi()).isEqualTo(4);
        Timeline timeline = outcome.timeline();
        assertThat(timeline.start()).hasToString("cold");
        assertThat(timeline.jail()).isEqualTo(Duration.ofMillis(5));
        assertThat(timeline.run()).isEqualTo(Duration.ofMillis(6));
        assertThat(timeline.teardown()).isEqualTo(Duration.ofNanos(7));
        assertThat(timeline.total()).isPositive().isGreaterThanOrEqualTo(timeline.queued());
        Report report = outcome.report();
        assertThat(report.language()).isEqualTo("toy");
        assertThat(report.runtime()).startsWith("toy ");
        assertThat(report.policy()).isEqualTo("default");
        assertThat(report.limits().timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatTheKernelDidNotSayIsEmpty() {
        Usage usage = run(exchange -> {
                    exchange.ready();
                    exchange.outcome(new OutcomeFacts(
                            new OutcomeFacts.Verdict(OutcomeFacts.Cause.EXITED, 0, 0, 0, 0, 0),
                            new OutcomeFacts.Used(0, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0, 0),
                            0,
                            0,
                            0,
                            0,
                            0,
                            false,
                            List.of()));
                })
                .usage();
        assertThat(usage.memoryPeakBytes()).isEmpty();
        assertThat(usage.processesPeak()).isEmpty();
    }

    @Test
    void anErrorIsTheGuestsWord() {
        Outcome outcome = run(exchange -> {
            exchange.ready();
            exchange.value("{\"error\":{\"type\":\"ValueError\",\"message\":\"no\",\"file\":\"block\",\"line\":2}}");
            exchange.exited(1);
        });
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error()).isEqualTo(new GuestError("ValueError", "no", "block", 2, "", null));
            assertThat(failed.exit()).isEqualTo(new Exit(1, null));
        });
    }

    /** Facts decide: a value does not make a success of a process that failed, nor a status one of an error. */
    @Test
    void aValueOfAProcessThatFailedIsNone() {
        Outcome outcome =
                run(exchange -> exchange.ready().value("{\"value\":1}").exited(3));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error()).isNull());
        assertThat(run(exchange -> exchange.ready().value("{\"error\":{}}").exited(0)))
                .isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 137, 255})
    void anExitCodeIsKept(int code) {
        assertThat(run(exchange -> exchange.ready().exited(code)).report().exit())
                .isEqualTo(new Exit(code, null));
    }

    @ParameterizedTest
    @CsvSource({"1,SIGHUP", "6,SIGABRT", "9,SIGKILL", "11,SIGSEGV", "31,SIGSYS", "32,signal 32", "34,SIGRTMIN+0"})
    void aSignalHasItsName(int number, String name) {
        Outcome outcome = run(exchange -> exchange.ready().signaled(number));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.exit()).isEqualTo(new Exit(0, name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "[1]",
                "null",
                "\0",
                "{\"value\":1} x",
                "{\"value\":{\"$bytes\":\"!\"}}",
                "{\"value\":1,\"outcome\":\"completed\"}"
            })
    void aMalformedValueIsTheGuestsFailure(String document) {
        Outcome outcome = run(exchange -> exchange.ready().value(document).exited(0));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().type()).isEqualTo("InvalidValue"));
    }

    @Test
    void aValueOfManyLevelsIsTheGuestsFailureAndNotOurs() {
        String deep = "{\"value\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        Outcome outcome = run(exchange -> exchange.ready().value(deep).exited(0));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().type()).isEqualTo("InvalidValue"));
    }

    @ParameterizedTest
    @EnumSource(LimitKind.class)
    void aLimitIsToldWhateverTheGuestSays(LimitKind kind) {
        Outcome outcome = run(exchange -> {
            exchange.ready().value("{\"value\":1}");
            exchange.limit(kind, 100, 101);
        });
        assertThat(outcome).isEqualTo(new Outcome.LimitExceeded(kind, 100, 101, outcome.report()));
        assertThat(outcome.report().exit()).isEqualTo(new Exit(0, null));
    }

    @Test
    void violationsAreToldInThePolicysWords() {
        Outcome outcome = run(exchange -> {
            exchange.ready();
            exchange.violated(
                    new OutcomeFacts.Denied(false, "socket", 7, List.of(2L, 1L, 0L, 0L, 0L, 0L), 3),
                    new OutcomeFacts.Denied(false, "#4242", 0, List.of(0L, 0L, 0L, 0L, 0L, 0L), 1),
                    new OutcomeFacts.Denied(true, "i386", 0, List.of(0L, 0L, 0L, 0L, 0L, 0L), 0xffff_ffffL));
        });
        assertThat(outcome).isInstanceOf(Outcome.Violated.class);
        assertThat(outcome.violationsTruncated()).isTrue();
        List<Violation> violations = outcome.violations();
        assertThat(violations).extracting(Violation::kind).containsExactly("syscall", "syscall", "abi");
        assertThat(violations).extracting(Violation::name).containsExactly("socket", "#4242", "i386");
        assertThat(violations).extracting(Violation::count).containsExactly(3L, 1L, 0xffff_ffffL);
        assertThat(violations.get(0).detail()).contains("AF_INET").contains("SOCK_STREAM");
        assertThat(violations).allSatisfy(violation -> {
            assertThat(violation.rule()).isNotBlank();
            assertThat(violation.hint()).isNotBlank();
        });
    }

    @Test
    void violationsThatDidNotEndTheRunAreToldToo() {
        Outcome outcome = run(exchange -> {
            exchange.ready().value("{\"value\":1}");
            exchange.outcome(
                    new OutcomeFacts.Verdict(OutcomeFacts.Cause.EXITED, 0, 0, 0, 0, 0),
                    List.of(new OutcomeFacts.Denied(false, "ptrace", 0, List.of(0L, 0L, 0L, 0L, 0L, 0L), 1)));
        });
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.violations()).hasSize(1);
    }

    @Test
    void aJobAndInputThatAreNeverReadHoldNothingUp() {
        String large = "x".repeat(3_000_000);
        int[] seen = new int[2];
        Outcome outcome = run(BLOCK.with("x", large).stdin(large), exchange -> {
            exchange.ready();
            while (seen[0] < Messages.WINDOW_BYTES) {
                seen[0] += exchange.next(FrameType.JOB_DATA).length - 1;
            }
            while (seen[1] < Messages.WINDOW_BYTES) {
                seen[1] += exchange.next(FrameType.STDIN_DATA).length - 1;
            }
            exchange.stdout("done").limit(LimitKind.WALL_TIME, 1, 2);
        });
        assertThat(seen).containsExactly(Messages.WINDOW_BYTES, Messages.WINDOW_BYTES);
        assertThat(outcome.stdout()).isEqualTo("done");
    }

    @Test
    void aLargeJobAndInputArriveWhole() {
        String large = "é".repeat(700_000);
        AtomicReference<String> job = new AtomicReference<>("");
        AtomicReference<String> stdin = new AtomicReference<>("");
        run(BLOCK.with("x", large).stdin(large), exchange -> {
            exchange.ready();
            job.set(exchange.job());
            exchange.exited(0);
        });
        run(BLOCK.stdin(large), exchange -> {
            exchange.ready();
            stdin.set(exchange.stdin());
            exchange.exited(0);
        });
        assertThat(job.get().getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(1_400_000);
        assertThat(job.get()).contains(large).endsWith("}");
        assertThat(stdin.get()).isEqualTo(large);
    }

    @Test
    void theHostsFactsAreTheJailers() {
        assertThat(jails.host()).isEqualTo(Map.of("kernel", "a fake one"));
        assertThat(jails.jailerPid()).isPositive();
    }
}
