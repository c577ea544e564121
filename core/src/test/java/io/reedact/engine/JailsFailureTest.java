package io.reedact.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import io.reedact.problem.HostException;
import io.reedact.problem.JailerException;
import io.reedact.problem.PolicyFileException;
import io.reedact.problem.ProblemException;
import io.reedact.problem.RequestException;
import io.reedact.wire.Answers;
import io.reedact.wire.Frame;
import io.reedact.wire.FrameCodec;
import io.reedact.wire.FrameType;
import io.reedact.wire.Messages;
import io.reedact.wire.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller is told when there is no outcome, and what it costs the next one. */
@Timeout(20)
class JailsFailureTest {
    private static final Execution BLOCK = Execution.of("toy", "return 1");

    @TempDir
    static Path shared;

    private static int opened;

    private final AtomicReference<FakeJails.Script> script = new AtomicReference<>(FINE);
    private final AtomicInteger specs = new AtomicInteger();
    private final Events events = new Events();
    private FakeJails fake;
    private Jails jails;

    private static final FakeJails.Script FINE =
            exchange -> exchange.ready().value("{\"value\":1}").exited(0);

    /** All have one cache: the interpreter is asked for its version once. */
    @BeforeEach
    void open() throws IOException {
        fake = new FakeJails(shared, "home-" + ++opened);
        fake.builder().listener(events);
        jails = fake.open(exchange -> {
            specs.incrementAndGet();
            script.get().play(exchange);
        });
    }

    @AfterEach
    void close() throws IOException {
        jails.close();
        fake.close();
    }

    @Test
    void aHoleInALanguageThatHasNoneIsRefused() {
        assertThatThrownBy(() -> jails.run(BLOCK.withHole("reedact_1", "{{ orders }}", 1)))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("{{ orders }} can't be bound: toy has no holes")
                .hasMessageContaining("REQ-005");
        assertThat(specs).hasValue(0);
    }

    @Test
    void aPolicyThatAsksForMoreThanTheJailerCanBeToldIsRefusedByName(@TempDir Path folder) throws IOException {
        String many =
                IntStream.range(0, 5_000).mapToObj(i -> "V" + i + " = \"\"").collect(joining(", "));
        String large = IntStream.range(0, 30)
                .mapToObj(i -> "V" + i + " = \"" + "x".repeat(30_000) + '"')
                .collect(joining(", "));
        Path manyFile = Files.writeString(folder.resolve("many.toml"), "environment = { " + many + " }");
        Path longFile = Files.writeString(folder.resolve("long.toml"), "environment = { " + large + " }");
        assertTold(
                () -> jails.run(BLOCK.policy(manyFile.toString())),
                PolicyFileException.class,
                "POL-033",
                "at most 4096");
        assertThat(jails.run(BLOCK.policy(longFile.toString()))).isInstanceOf(Outcome.Completed.class);
        assertThat(specs).as("what was refused never reached the jailer").hasValue(1);
    }

    private static void assertTold(
            ThrowingCallable run, Class<? extends ProblemException> kind, String code, String part) {
        assertThatThrownBy(run).isInstanceOf(kind).hasMessageContaining(code).hasMessageContaining(part);
    }

    private void assertFineAgain() {
        script.set(FINE);
        assertThat(jails.run(BLOCK)).isInstanceOf(Outcome.Completed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "LAYER, HOST-001, this host lacks the layer landlock: why",
        "RESOURCES, HOST-002, landlock: why (errno 11)",
        "STEP, HOST-005, landlock: why (errno 11)",
        "SPEC, JAIL-105, landlock: why",
        "INTERPRETER, JAIL-106, did not become ready: landlock: why (errno 11); it said: no module x"
    })
    void eachRefusalIsToldToWhomItConcerns(Refusal.Kind kind, String code, String part) {
        script.set(exchange -> exchange.stderr("no module x\n").refused(kind, "landlock", 11, "why"));
        Class<? extends ProblemException> type = code.startsWith("HOST") ? HostException.class : JailerException.class;
        assertTold(() -> jails.run(BLOCK), type, code, part);
        assertThat(specs).as("a refusal is no reason to try again").hasValue(1);
        assertFineAgain();
        assertThat(events.seen())
                .containsExactly(
                        "admitted toy default", "refused " + code, "admitted toy default", "finished Completed");
    }

    @Test
    void whatAnInterpreterSaysIsCut() {
        script.set(exchange -> {
            exchange.stderr("y".repeat(50_000)).refused(Refusal.Kind.INTERPRETER, "wait", 0, "");
        });
        assertThatThrownBy(() -> jails.run(BLOCK))
                .satisfies(e ->
                        assertThat(e.getMessage()).hasSizeBetween(2_000, 2_300).contains("y…"));
    }

    @Test
    void aConnectionThatBreaksBeforeTheGuestIsReadyIsTriedOnceMore() {
        script.set(exchange -> {
            if (specs.get() == 1) {
                exchange.stdout("lost").client().close();
            } else {
                FINE.play(exchange);
            }
        });
        Outcome outcome = jails.run(BLOCK);
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(specs).hasValue(2);
        assertThat(events.seen()).containsExactly("admitted toy default", "finished Completed");
    }

    @Test
    void butNotASecondTime() {
        script.set(exchange -> exchange.client().close());
        assertTold(() -> jails.run(BLOCK), JailerException.class, "JAIL-103", "the jailer is gone");
        assertThat(specs).hasValue(2);
        assertFineAgain();
    }

    /** The guest may have done something already; doing it twice would be wrong. */
    @Test
    void aConnectionThatBreaksAfterwardsIsNotTriedAgain() {
        script.set(exchange -> {
            exchange.ready().job();
            exchange.client().close(); // what is on standard input may still be on its way
        });
        assertTold(() -> jails.run(BLOCK), JailerException.class, "JAIL-103", "the jailer is gone");
        assertThat(specs).hasValue(1);
        assertFineAgain();
    }

    @Test
    void aJailerThatIsKilledIsReplaced() {
        assertFineAgain();
        long pid = jails.jailerPid();
        script.set(exchange -> {
            exchange.ready().job();
            fake.program().kill();
        });
        assertTold(() -> jails.run(BLOCK), JailerException.class, "JAIL-103", "the jailer is gone");
        assertFineAgain();
        assertThat(jails.jailerPid()).isNotEqualTo(pid);
        assertThat(events.seen()).contains("restarted");
        assertThat(fake.program().starts()).as(events.seen().toString()).isEqualTo(2);
    }

    @Test
    void aJailerThatIsKilledWhileItMakesTheJailCostsNothing() {
        script.set(exchange -> {
            if (specs.get() == 1) {
                fake.program().kill();
            } else {
                FINE.play(exchange);
            }
        });
        assertThat(jails.run(BLOCK)).isInstanceOf(Outcome.Completed.class);
        assertThat(events.seen()).contains("restarted");
    }

    @Test
    void whatBreaksTheProtocolEndsTheConnection() {
        assertProtocolError(
                exchange -> FrameCodec.write(
                        exchange.client(), new Frame(FrameType.READY, exchange.id() + 1, Answers.ready(1))),
                "frame for execution");
        assertProtocolError(exchange -> exchange.send(0x99, new byte[0]), "unknown type 153");
        assertProtocolError(exchange -> exchange.send(FrameType.OUTCOME, new byte[3]), "cut off");
        assertProtocolError(
                exchange -> exchange.send(FrameType.CREDIT, Answers.credit(Messages.STDIN, 1)),
                "credit beyond the window");
        assertFineAgain();
    }

    private void assertProtocolError(FakeJails.Script broken, String part) {
        specs.set(0);
        script.set(exchange -> {
            exchange.ready();
            exchange.job();
            exchange.stdin();
            broken.play(exchange);
            exchange.next(0);
        });
        assertTold(() -> jails.run(BLOCK), JailerException.class, "JAIL-104", part);
        assertThat(specs).hasValue(1);
    }

    @Test
    void aConnectionIsUsedAgainAndTheNextExecutionHasAnotherNumber() {
        AtomicReference<Exchange> first = new AtomicReference<>();
        AtomicReference<Exchange> second = new AtomicReference<>();
        script.set(exchange -> {
            first.compareAndSet(null, exchange);
            second.set(exchange);
            FINE.play(exchange);
        });
        jails.run(BLOCK);
        jails.run(BLOCK);
        assertThat(second.get().client()).isSameAs(first.get().client());
        assertThat(second.get().id()).isNotEqualTo(first.get().id());
    }

    @Test
    void aRequestThatCantBeRunNeverReachesTheJailer() {
        assertTold(
                () -> jails.run(Execution.of("toi", "")), RequestException.class, "RUN-001", "unknown language 'toi'");
        assertTold(() -> jails.run(BLOCK.policy("stritc")), RequestException.class, "POL-001", "stritc");
        assertTold(
                () -> jails.run(BLOCK.timeout(Duration.ofHours(1))),
                RequestException.class,
                "REQ-001",
                "timeout of 1h");
        assertTold(() -> jails.run(BLOCK.with("x", new Object())), RequestException.class, "VAL-001", "x");
        assertThat(specs).hasValue(0);
        assertThat(events.seen())
                .containsExactly("refused RUN-001", "refused POL-001", "refused REQ-001", "refused VAL-001");
    }

    @Test
    void aJailerThatDoesNotStartIsToldToTheExecutionAlone() throws Exception {
        jails.close();
        Files.writeString(fake.program().file(), "#!/bin/sh\necho no kernel\n");
        try (Jails broken = fake.open(FINE)) {
            assertTold(() -> broken.run(BLOCK), JailerException.class, "JAIL-101", "no kernel");
            assertTold(() -> broken.run(BLOCK), JailerException.class, "JAIL-101", "no kernel");
        }
        assertThat(events.seen())
                .filteredOn(event -> event.startsWith("refused"))
                .containsExactly("refused JAIL-101", "refused JAIL-101");
    }
}
