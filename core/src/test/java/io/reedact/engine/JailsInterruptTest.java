package io.reedact.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever loses interest, at whatever moment, ends his own execution and nobody else's. One slot. */
@Timeout(20)
class JailsInterruptTest {
    private static final Execution BLOCK = Execution.of("toy", "return 1");

    private static final FakeJails.Script FINE =
            exchange -> exchange.ready().value("{\"value\":1}").exited(0);

    @TempDir
    static Path shared;

    private static int opened;

    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final Events events = new Events();
    private FakeJails fake;
    private Jails jails;

    @BeforeEach
    void open() throws IOException {
        fake = new FakeJails(shared, "home-i" + ++opened);
        fake.builder().slots(1).queueCapacity(9).listener(events);
    }

    @AfterEach
    void close() throws IOException {
        Thread.interrupted();
        letGo.countDown();
        jails.close();
        fake.close();
    }

    private void busy() throws InterruptedException {
        jails = fake.open(exchange -> {
            exchange.ready();
            running.countDown();
            await(letGo);
            exchange.value("{\"value\":1}").exited(0);
        });
        CompletableFuture<Outcome> first = jails.start(BLOCK).future();
        assertThat(running.await(9, TimeUnit.SECONDS)).isTrue();
        assertThat(first).isNotDone();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(9, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Running waiting(int before) throws InterruptedException {
        Running run = jails.start(BLOCK);
        while (!events.seen().contains("queued " + before)) {
            Thread.sleep(1);
        }
        Thread.sleep(20);
        return run;
    }

    @Test
    void whatIsCancelledInTheLineLeavesItAtOnceAndTheOthersStay() throws Exception {
        busy();
        Running second = waiting(0);
        Running third = waiting(1);
        second.cancel();
        Outcome outcome = second.future().get(2, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(outcome.timeline().queued()).isPositive();
        assertThat(outcome.usage().wall()).isZero();
        assertThat(third.future()).isNotDone();
        letGo.countDown();
        assertThat(third.future().get(9, TimeUnit.SECONDS)).isInstanceOf(Outcome.Completed.class);
        assertThat(events.seen().stream().filter(event -> event.startsWith("admitted")))
                .as("the second was never admitted")
                .hasSize(2);
    }

    @Test
    void cancellingBeforeItWaitsIsNotForgotten() throws Exception {
        busy();
        Running run = jails.start(BLOCK);
        run.cancel();
        assertThat(run.future().get(2, TimeUnit.SECONDS)).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void anInterruptInTheLineCancels() throws Exception {
        busy();
        CompletableFuture<Outcome> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> seen.complete(jails.run(BLOCK)));
        thread.start();
        while (!events.seen().contains("queued 0")) {
            Thread.sleep(1);
        }
        thread.interrupt();
        Outcome outcome = seen.get(2, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(outcome.timeline().queued()).isPositive();
    }

    @Test
    void anInterruptWhileTheJailerStartsCancels() throws Exception {
        Path program = fake.program().file();
        String shell = Files.readString(program).replace("echo ready", "sleep 0.4\necho ready");
        Files.writeString(program, shell);
        jails = fake.open(FINE);
        CompletableFuture<Outcome> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> seen.complete(jails.run(BLOCK)));
        thread.start();
        while (events.seen().isEmpty()) {
            Thread.sleep(1);
        }
        thread.interrupt();
        assertThat(seen.get(9, TimeUnit.SECONDS)).isInstanceOf(Outcome.Cancelled.class);
        assertThat(jails.run(BLOCK)).isInstanceOf(Outcome.Completed.class);
        assertThat(fake.program().starts()).isEqualTo(1);
    }

    @Test
    void anInterruptWhileADeadJailerIsReplacedCancels() throws Exception {
        jails = fake.open(FINE);
        assertThat(jails.run(BLOCK)).isInstanceOf(Outcome.Completed.class);
        ProcessHandle first = ProcessHandle.of(jails.jailerPid()).orElseThrow();
        Path program = fake.program().file();
        Files.writeString(program, Files.readString(program).replace("echo ready", "sleep 0.4\necho ready"));
        fake.program().kill();
        first.onExit().get(9, TimeUnit.SECONDS);
        CompletableFuture<Object> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                seen.complete(jails.run(BLOCK));
            } catch (RuntimeException e) {
                seen.complete(e);
            }
        });
        thread.start();
        Thread.sleep(150);
        thread.interrupt();
        assertThat(seen.get(9, TimeUnit.SECONDS)).isInstanceOf(Outcome.Cancelled.class);
        assertThat(jails.run(BLOCK)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void askingForTheHostWhileInterruptedEndsNobodysJail() throws Exception {
        busy();
        Running other = waiting(0);
        Thread.currentThread().interrupt();
        assertThat(jails.host()).containsKey("kernel");
        assertThat(Thread.interrupted()).isTrue();
        letGo.countDown();
        assertThat(other.future().get(9, TimeUnit.SECONDS)).isInstanceOf(Outcome.Completed.class);
        assertThat(events.seen()).doesNotContain("restarted");
    }
}
