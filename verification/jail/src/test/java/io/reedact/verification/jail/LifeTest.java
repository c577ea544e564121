package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.engine.Jails;
import io.reedact.engine.Running;
import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import io.reedact.problem.JailerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One job, one jail, destroyed; and what happens when somebody dies. Each test has a jailer of its own. */
@Tag("jail")
@Timeout(60)
class LifeTest {
    private static final Execution SLEEPER = Execution.of("python", """
            import os, time
            for _ in range(3):
                if os.fork() == 0:
                    os.setsid()
                    time.sleep(60)
            time.sleep(60)
            """);

    /** Pid 1, the guest and its children: all there when the block runs, and not while its jail is still being built. */
    private static final int SLEEPERS = 5;

    @Test
    void nothingIsLeftOfManyExecutions() {
        try (Jails jails = Jails.open()) {
            jails.run(Execution.of("python", "return 1"));
            Residue before = Residue.of(jails);
            for (int i = 0; i < 40; i++) {
                jails.run(Execution.of("python", i % 4 == 0 ? "1/0" : "open('/tmp/x', 'w').write('x' * 100000)"));
                if (i % 10 == 0) {
                    jails.run(SLEEPER.timeout(Duration.ofMillis(100)));
                }
            }
            Residue.waitUntilClean(jails, before);
        }
    }

    @Test
    void theNextExecutionSeesAPristineWorld() {
        try (Jails jails = Jails.open()) {
            Execution looker = Execution.of("python", """
                    import os
                    seen = {place: os.listdir(place) for place in ('/tmp', '/job', '/dev/shm')}
                    for place in seen:
                        open(place + '/left', 'w').write('x')
                    os.environ['LEFT'] = 'x'
                    return seen
                    """);
            Object first = ((Outcome.Completed) jails.run(looker)).value();
            Object second = ((Outcome.Completed) jails.run(looker)).value();
            assertThat(second).isEqualTo(first);
            assertThat(String.valueOf(second)).doesNotContain("left");
        }
    }

    @Test
    void cancellingEndsTheJailAtOnceAndTellsWhatItUsed() throws Exception {
        try (Jails jails = Jails.open()) {
            jails.run(Execution.of("python", "return 1")); // so that the connection that is kept is there
            Residue before = Residue.of(jails);
            Running running = jails.start(SLEEPER);
            Residue.waitForProcesses(jails, SLEEPERS);
            running.cancel();
            Outcome outcome = running.future().get(5, TimeUnit.SECONDS);
            assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            assertThat(outcome.layers()).hasSize(21);
            Residue.waitUntilClean(jails, before);
        }
    }

    @Test
    void anInterruptCancels() throws Exception {
        try (Jails jails = Jails.open()) {
            Residue before = Residue.of(jails);
            List<Outcome> outcomes = new ArrayList<>();
            List<Boolean> flags = new ArrayList<>();
            Thread caller = new Thread(() -> {
                outcomes.add(jails.run(SLEEPER));
                flags.add(Thread.currentThread().isInterrupted());
            });
            caller.start();
            Residue.waitForProcesses(jails, SLEEPERS);
            caller.interrupt();
            caller.join(5000);
            assertThat(outcomes).singleElement().isInstanceOf(Outcome.Cancelled.class);
            assertThat(flags).containsExactly(true);
            Residue.waitUntilClean(jails, before);
            assertThat(jails.run(Execution.of("python", "return 7"))).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Test
    void aKilledJailerTakesItsJailsWithItAndIsReplaced() throws Exception {
        try (Jails jails = Jails.open()) {
            Running running = jails.start(SLEEPER);
            Residue.waitForProcesses(jails, SLEEPERS); // what had not begun would be begun anew
            ProcessHandle.of(Residue.jailerOf(jails)).orElseThrow().destroyForcibly();
            assertThatThrownBy(() -> running.future().get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(JailerException.class)
                    .hasMessageContaining("JAIL-103");
            assertThat(jails.run(Execution.of("python", "return 7"))).isInstanceOf(Outcome.Completed.class);
            Residue.waitForGuests(jails, 0);
        }
    }

    @Test
    void severalInOneProcessDoNotTouchEachOther() throws Exception {
        try (Jails one = Jails.open();
                Jails other = Jails.open()) {
            Running running = one.start(Execution.of("python", "import time; time.sleep(2); return 'alive'"));
            Residue.waitForGuests(one, 1);
            assertThat(other.run(Execution.of("python", "return 1"))).isInstanceOf(Outcome.Completed.class);
            ProcessHandle.of(Residue.jailerOf(other)).orElseThrow().destroyForcibly();
            assertThat(((Outcome.Completed) running.future().get(10, TimeUnit.SECONDS)).value())
                    .isEqualTo("alive");
        }
    }

    @Test
    void manyThreadsMayRunAtOnce() {
        try (Jails jails = Jails.open()) {
            List<Running> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(jails.start(Execution.of("python", "return n * 2").with("n", i)));
            }
            for (int i = 0; i < 24; i++) {
                assertThat(((Outcome.Completed) all.get(i).future().join()).value())
                        .isEqualTo(2L * i);
            }
        }
    }

    /** It has nothing to do while a guest runs, and little when it is taken apart: here it once asked in a loop. */
    @Test
    @Tag("timing")
    void theJailerItselfTakesLittleTime() throws Exception {
        try (Jails jails = Jails.open()) {
            Execution execution = Execution.of("python", "return 1");
            jails.run(execution);
            long before = Residue.cpuNanos(Residue.jailerOf(jails));
            long guests = 0;
            for (int i = 0; i < 40; i++) {
                guests += jails.run(execution).usage().cpu().toNanos();
            }
            long jailer = Residue.cpuNanos(Residue.jailerOf(jails)) - before;
            assertThat(jailer).isLessThan(2 * guests);
        }
    }

    @Test
    void anIdleJailerIsSmall() {
        try (Jails jails = Jails.open()) {
            for (int i = 0; i < 5; i++) {
                jails.run(Execution.of("python", "return 'x' * 1000000"));
            }
            assertThat(Residue.residentBytes(Residue.jailerOf(jails))).isLessThan(5L << 20);
        }
    }
}
