package io.reedact.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.AdmissionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AdmissionTest {
    private static final Duration LONG = Duration.ofSeconds(9);

    private static void waitUntil(java.util.function.BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    @Test
    void letsSoManyInAndTheOthersInTheirOrder() throws InterruptedException {
        Admission admission = new Admission(1, 10, LONG);
        admission.enter();
        List<Integer> entered = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            new Thread(() -> {
                        try {
                            admission.enter();
                            entered.add(number);
                            admission.leave();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    })
                    .start();
            int waiting = i + 1;
            waitUntil(() -> admission.waiting() == waiting);
        }
        assertThat(entered).isEmpty();
        admission.leave();
        waitUntil(() -> entered.size() == 5);
        assertThat(entered).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aNewcomerDoesNotOvertakeWhoWaits() throws InterruptedException {
        Admission admission = new Admission(1, 10, Duration.ofMillis(50));
        admission.enter();
        AtomicReference<String> first = new AtomicReference<>("");
        Thread waiter = new Thread(() -> {
            try {
                admission.enter();
                first.set("waiter");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiter.start();
        waitUntil(() -> admission.waiting() == 1);
        admission.leave();
        assertThatThrownBy(admission::enter)
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("ENG-002");
        waiter.join();
        assertThat(first).hasValue("waiter");
    }

    @Test
    void isBusyWhileNobodyCanEnterAtOnce() throws InterruptedException {
        Admission admission = new Admission(2, 1, LONG);
        admission.enter();
        assertThat(admission.isBusy()).isFalse();
        admission.enter();
        assertThat(admission.isBusy()).isTrue();
        admission.leave();
        assertThat(admission.isBusy()).isFalse();
    }

    @Test
    void aFullLineIsRefusedAtOnce() throws InterruptedException {
        Admission admission = new Admission(1, 0, LONG);
        admission.enter();
        assertThatThrownBy(admission::enter)
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("0 executions are waiting already")
                .hasMessageContaining("ENG-001");
        admission.leave();
        admission.enter();
    }

    @Test
    void whoWaitsTooLongIsToldAndNoSlotIsLost() throws InterruptedException {
        Admission admission = new Admission(1, 5, Duration.ofMillis(20));
        admission.enter();
        assertThatThrownBy(admission::enter).hasMessageContaining("no slot became free within 20ms");
        assertThat(admission.waiting()).isZero();
        admission.leave();
        admission.enter();
    }

    @Test
    void anInterruptEndsTheWaitAndNoSlotIsLost() throws InterruptedException {
        Admission admission = new Admission(1, 5, LONG);
        admission.enter();
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("not yet"));
        Thread waiter = new Thread(() -> {
            try {
                admission.enter();
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        waiter.start();
        waitUntil(() -> admission.waiting() == 1);
        waiter.interrupt();
        waiter.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        admission.leave();
        admission.enter();
    }

    @Test
    void closingRefusesWhoWaitsAndWhoComes() throws InterruptedException {
        Admission admission = new Admission(1, 5, LONG);
        admission.enter();
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("not yet"));
        Thread waiter = new Thread(() -> {
            try {
                admission.enter();
            } catch (InterruptedException | AdmissionException e) {
                thrown.set(e);
            }
        });
        waiter.start();
        waitUntil(() -> admission.waiting() == 1);
        admission.close();
        waiter.join();
        assertThat(thrown.get()).isInstanceOf(AdmissionException.class).hasMessageContaining("closed");
        assertThatThrownBy(admission::enter).isInstanceOf(AdmissionException.class);
    }
}
