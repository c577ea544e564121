package io.reedact.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import io.reedact.problem.AdmissionException;
import io.reedact.problem.ProblemException;
import io.reedact.wire.FrameType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ends that callers bring about: cancelling, interrupting, closing; and waiting for a slot. One slot, one who may wait. */
@Timeout(20)
class JailsCancelTest {
    private static final Execution BLOCK = Execution.of("toy", "return 1");

    @TempDir
    static Path shared;

    private static int opened;

    /** Counted down when a guest is ready and waits to be cancelled or let go. */
    private final CountDownLatch running = new CountDownLatch(1);

    private final CountDownLatch letGo = new CountDownLatch(1);
    private final Events events = new Events();
    private FakeJails fake;
    private Jails jails;

    @BeforeEach
    void open() throws IOException {
        fake = new FakeJails(shared, "home-c" + ++opened);
        fake.builder().slots(1).queueCapacity(1).listener(events);
        jails = fake.open(JailsCancelTest::waitForCancel);
    }

    @AfterEach
    void close() throws IOException {
        jails.close();
        fake.close();
    }

    private static void waitForCancel(Exchange exchange) throws IOException {
        exchange.ready();
        exchange.next(FrameType.CANCEL);
        exchange.cancelled();
    }

    private Running started() throws InterruptedException {
        fake.serve(exchange -> {
            exchange.ready();
            running.countDown();
            exchange.next(FrameType.CANCEL);
            exchange.cancelled();
        });
        Running first = jails.start(BLOCK);
        assertThat(running.await(9, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    /** Runs until it is let go. */
    private Running busy() throws InterruptedException {
        fake.serve(exchange -> {
            exchange.ready();
            running.countDown();
            await(letGo);
            exchange.value("{\"value\":1}").exited(0);
        });
        Running first = jails.start(BLOCK);
        assertThat(running.await(9, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(9, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitUntil(BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    private static Outcome outcome(Running of) throws Exception {
        return of.future().get(9, TimeUnit.SECONDS);
    }

    @Test
    void whatRunsIsCancelledWithWhatItUsed() throws Exception {
        Running run = started();
        run.cancel();
        run.cancel();
        assertThat(outcome(run)).isInstanceOf(Outcome.Cancelled.class);
        assertThat(outcome(run).usage().wall()).isEqualTo(Duration.ofNanos(11));
        assertThat(events.seen()).contains("finished Cancelled");
    }

    @Test
    void whatIsCancelledBeforeItHasAJailGetsNone() throws Exception {
        Running first = busy();
        Running second = jails.start(BLOCK);
        waitUntil(() -> events.seen().contains("queued 0"));
        second.cancel();
        letGo.countDown();
        assertThat(outcome(first)).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome(second)).isInstanceOf(Outcome.Cancelled.class);
        assertThat(outcome(second).usage().wall()).isZero();
        assertThat(outcome(second).layers()).isEmpty();
    }

    @Test
    void cancellingWhatHasEndedChangesNothing() throws Exception {
        fake.serve(exchange -> exchange.ready().value("{\"value\":1}").exited(0));
        Running run = jails.start(BLOCK);
        assertThat(outcome(run)).isInstanceOf(Outcome.Completed.class);
        run.cancel();
        assertThat(outcome(run)).isInstanceOf(Outcome.Completed.class);
        assertThat(jails.run(BLOCK)).isInstanceOf(Outcome.Completed.class);
    }

    /** An interrupted thread that writes to a channel closes it; the wish must not turn into a broken connection. */
    @Test
    void aThreadThatIsInterruptedMayCancel() throws Exception {
        Running run = started();
        Thread.currentThread().interrupt();
        run.cancel();
        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
        assertThat(outcome(run)).isInstanceOf(Outcome.Cancelled.class);
        assertThat(outcome(run).usage().wall()).isEqualTo(Duration.ofNanos(11));
    }

    @Test
    void anInterruptKillsTheJailAndTheThreadStaysInterrupted() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        fake.serve(exchange -> {
            exchange.ready();
            running.countDown();
            try {
                exchange.next(FrameType.CANCEL);
            } catch (IOException e) {
                cut.countDown();
            }
        });
        AtomicReference<Outcome> seen = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        Thread thread = new Thread(() -> {
            seen.set(jails.run(BLOCK));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        await(running);
        thread.interrupt();
        thread.join(9_000);
        assertThat(seen.get()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(interrupted).hasValue(true);
        assertThat(cut.await(9, TimeUnit.SECONDS))
                .as("the jailer sees the connection end")
                .isTrue();
        fake.serve(exchange -> exchange.ready().exited(0));
        assertThat(jails.run(BLOCK)).as("its slot is free again").isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void aThreadThatIsInterruptedAlreadyRunsNothing() {
        Thread.currentThread().interrupt();
        Outcome outcome = jails.run(BLOCK);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void theLineIsBounded() throws Exception {
        Running first = busy();
        Running second = jails.start(BLOCK);
        waitUntil(() -> events.seen().contains("queued 0"));
        assertThatThrownBy(() -> jails.run(BLOCK))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("ENG-001");
        letGo.countDown();
        assertThat(outcome(first)).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome(second)).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome(second).timeline().queued()).isPositive();
        assertThat(outcome(second).timeline().queued())
                .isLessThanOrEqualTo(outcome(second).timeline().total());
    }

    @Test
    void closingRefusesWhoWaitsAndWhoComesAndEndsWhatRuns() throws Exception {
        Running first = started();
        Running second = jails.start(BLOCK);
        waitUntil(() -> events.seen().contains("queued 0"));
        jails.close();
        assertThatThrownBy(() -> outcome(first))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> outcome(second))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AdmissionException.class);
        assertThatThrownBy(() -> jails.run(BLOCK))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("ENG-003");
        Running late = jails.start(BLOCK);
        assertThatThrownBy(() -> outcome(late)).hasCauseInstanceOf(AdmissionException.class);
        jails.close();
    }

    @Test
    void whatFailsCompletesItsFuture() {
        Running run = jails.start(Execution.of("none", ""));
        assertThatThrownBy(() -> outcome(run))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("RUN-001");
    }

    @Test
    void aListenerThatFailsIsHeardAndNothingElseHappens() throws Exception {
        jails.close();
        List<Throwable> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        fake.builder().listener(new JailsListener() {
            @Override
            public void admitted(String language, String policy, Duration waited) {
                throw new IllegalStateException("admitted");
            }

            @Override
            public void finished(Outcome outcome) {
                throw new IllegalStateException("finished");
            }

            @Override
            public void refused(ProblemException problem) {
                throw new IllegalStateException("refused");
            }
        });
        AtomicReference<Outcome> seen = new AtomicReference<>();
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        try (Jails told = fake.open(exchange -> exchange.ready().exited(0))) {
            Thread thread = new Thread(() -> {
                seen.set(told.run(BLOCK));
                try {
                    told.run(Execution.of("none", ""));
                } catch (ProblemException e) {
                    refusal.set(e);
                }
            });
            thread.setUncaughtExceptionHandler((t, e) -> heard.add(e));
            thread.start();
            thread.join(9_000);
        }
        assertThat(seen.get()).isInstanceOf(Outcome.Completed.class);
        assertThat(refusal.get()).isInstanceOf(ProblemException.class);
        assertThat(heard).extracting(Throwable::getMessage).containsExactly("admitted", "finished", "refused");
    }
}
