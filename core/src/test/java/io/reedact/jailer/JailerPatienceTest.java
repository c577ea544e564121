package io.reedact.jailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.AdmissionException;
import io.reedact.problem.JailerException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A jailer that is slow or says nothing, and threads that are interrupted while they deal with it. */
@Timeout(20)
class JailerPatienceTest {
    @TempDir
    Path folder;

    private FakeProgram program;
    private Jailer jailer;

    @BeforeEach
    void aProgram() throws IOException {
        program = new FakeProgram(folder.resolve("reedact-jailer"));
        jailer = new Jailer(program.file(), folder.resolve("sockets"), () -> {});
    }

    @AfterEach
    void theEnd() throws IOException {
        Thread.interrupted();
        jailer.close();
        program.close();
    }

    /** Puts shell commands before the program's {@code ready}. */
    private void beforeReady(String commands) throws IOException {
        String shell = Files.readString(program.file());
        FakeProgram.program(program.file(), shell.replace("echo ready", commands + "\necho ready"));
    }

    private JailerException notStarted(String shell) throws IOException {
        Path file = FakeProgram.program(folder.resolve("broken"), "#!/bin/sh\n" + shell);
        AtomicReference<JailerException> told = new AtomicReference<>();
        assertThatThrownBy(() -> JailerProcess.start(file, folder, Duration.ofMillis(300)))
                .isInstanceOfSatisfying(JailerException.class, told::set)
                .hasMessageContaining("JAIL-101");
        return told.get();
    }

    @Test
    void aProgramThatNeverSaysThatItIsReadyIsGivenUpAndEnded() throws Exception {
        long before = ProcessHandle.current().children().count();
        assertThat(notStarted("echo what now >&2\nexec sleep 60\n"))
                .hasMessageContaining("no answer within 300ms; it runs and is ended now; it said: what now");
        for (int i = 0; i < 1000 && ProcessHandle.current().children().count() > before; i++) {
            Thread.sleep(5);
        }
        assertThat(ProcessHandle.current().children().count()).isLessThanOrEqualTo(before);
    }

    @Test
    void aProgramThatNeverEndsItsLineIsGivenUp() throws IOException {
        assertThat(notStarted("exec tr '\\0' x </dev/zero\n").getMessage())
                .contains("x".repeat(2_000))
                .doesNotContain("x".repeat(2_001));
    }

    @Test
    void whatItSaysOnStderrIsNoAnswer() throws IOException {
        beforeReady("echo a library complains >&2");
        jailer.start();
        assertThat(jailer.pid()).isPositive();
    }

    @Test
    void itIsToldHowAJailerEnded() throws IOException {
        beforeReady("echo assertion failed >&2");
        JailerConnection broken = jailer.borrow();
        program.kill();
        assertThatThrownBy(broken::receive).isInstanceOf(IOException.class);
        IOException cause = new IOException("x");
        for (int i = 0; i < 2; i++) {
            assertThat(broken.gone(cause))
                    .hasMessageContaining("JAIL-103")
                    .hasMessageContaining("the jailer is gone: it was killed by signal 9; it said: assertion failed")
                    .hasCause(cause);
        }
    }

    @Test
    void aConnectionThatEndsBeforeItsJailerSaysSo() throws IOException {
        JailerConnection broken = jailer.borrow();
        broken.close();
        assertThat(broken.gone(new IOException("x"))).hasMessageContaining("its connection ended; its process runs");
    }

    /** Were it asked on that thread, the control connection would close, and every jail would end. */
    @Test
    void aThreadThatIsInterruptedMayAskForFacts() throws IOException {
        JailerConnection running = jailer.borrow();
        long pid = jailer.pid();
        Thread.currentThread().interrupt();
        assertThat(jailer.facts()).containsEntry("kernel", "a fake one");
        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
        assertThat(jailer.facts()).containsEntry("kernel", "a fake one");
        assertThat(jailer.pid()).isEqualTo(pid);
        assertThat(program.starts()).isEqualTo(1);
        running.close();
    }

    @Test
    void anInterruptWhileItStartsIsKeptForLater() throws Exception {
        beforeReady("sleep 0.3");
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            begun.countDown();
            try {
                jailer.borrow();
                seen.complete(null);
            } catch (ClosedByInterruptException | RuntimeException e) {
                seen.complete(e);
            }
        });
        thread.start();
        begun.await();
        Thread.sleep(50);
        thread.interrupt();
        assertThat(seen.get(9, TimeUnit.SECONDS)).isInstanceOf(ClosedByInterruptException.class);
        jailer.borrow().close();
        assertThat(program.starts()).as("the one that was starting is used").isEqualTo(1);
    }

    /** A jailer that is killed leaves control groups behind; it has to be let do its work. */
    @Test
    void aThreadThatIsInterruptedLetsItEndByItself() {
        program.dyingMillis(400);
        jailer.start();
        Thread.currentThread().interrupt();
        long begin = System.nanoTime();
        jailer.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(390));
        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    }

    @Test
    void whoWaitsForAnAnswerDoesNotKeepOthersFromClosing() throws Exception {
        jailer.start();
        program.mute();
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                jailer.borrow();
                seen.complete(null);
            } catch (IOException | RuntimeException e) {
                seen.complete(e);
            }
        });
        thread.start();
        while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.BLOCKED) {
            Thread.sleep(1);
        }
        Thread.sleep(50);
        jailer.close();
        assertThat(seen.get(9, TimeUnit.SECONDS)).isInstanceOf(AdmissionException.class);
    }
}
