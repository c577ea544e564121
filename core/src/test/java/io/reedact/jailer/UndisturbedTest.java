package io.reedact.jailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UndisturbedTest {
    private static final Duration LONG = Duration.ofSeconds(9);

    @Test
    void theWorkDoesNotSeeTheInterruptAndItsAskerKeepsIt() throws IOException {
        Thread.currentThread().interrupt();
        boolean seen = Undisturbed.within(LONG, () -> Thread.currentThread().isInterrupted());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).isFalse();
    }

    @Test
    void whatTheWorkThrowsIsThrown() {
        IOException failure = new EOFException("x");
        assertThatThrownBy(() -> Undisturbed.within(LONG, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> Undisturbed.within(LONG, () -> {
                    throw new IllegalStateException("y");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Undisturbed.within(LONG, () -> {
                    throw new AssertionError("z");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void workThatTakesTooLongIsLeftAlone() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Undisturbed.within(Duration.ofMillis(20), () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return 1;
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no answer within 20ms");
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
    }

    @Test
    void aProcessIsWaitedForAsLongAsToldAndNoLonger() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        Thread.currentThread().interrupt();
        assertThat(Undisturbed.isEnding(process, Duration.ofMillis(20))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        process.destroyForcibly();
        assertThat(Undisturbed.isEnding(process, LONG)).isTrue();
    }
}
