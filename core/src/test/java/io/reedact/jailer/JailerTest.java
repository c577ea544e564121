package io.reedact.jailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.AdmissionException;
import io.reedact.problem.JailerException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class JailerTest {
    @TempDir
    Path folder;

    private final AtomicInteger restarts = new AtomicInteger();
    private FakeProgram program;
    private Jailer jailer;

    @BeforeEach
    void aProgram() throws IOException {
        program = new FakeProgram(folder.resolve("reedact-jailer"));
        jailer = new Jailer(program.file(), folder.resolve("sockets"), restarts::incrementAndGet);
    }

    @AfterEach
    void theEnd() throws IOException {
        jailer.close();
        program.close();
    }

    @Test
    void startsWhenItIsNeededAndOnce() throws IOException {
        assertThat(program.starts()).isZero();
        jailer.start();
        long pid = jailer.pid();
        jailer.borrow().close();
        assertThat(jailer.facts()).containsEntry("kernel", "a fake one");
        assertThat(jailer.facts()).hasSize(1);
        assertThat(jailer.pid()).isEqualTo(pid);
        assertThat(program.starts()).isEqualTo(1);
        assertThat(restarts).hasValue(0);
    }

    @Test
    void aConnectionIsUsedAgainUnlessItBroke() throws IOException {
        JailerConnection first = jailer.borrow();
        JailerConnection second = jailer.borrow();
        assertThat(second).isNotSameAs(first);
        jailer.giveBack(first);
        assertThat(jailer.borrow()).isSameAs(first);
        first.close();
        jailer.giveBack(first);
        assertThat(jailer.borrow()).isNotSameAs(first);
        second.close();
    }

    @Test
    void aDeadOneIsReplacedAndItsConnectionsAreForgotten() throws Exception {
        JailerConnection idle = jailer.borrow();
        jailer.giveBack(idle);
        long pid = jailer.pid();
        program.kill();
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
        JailerConnection fresh = jailer.borrow();
        assertThat(fresh).isNotSameAs(idle);
        assertThat(fresh.isUsable()).isTrue();
        assertThat(jailer.pid()).isNotEqualTo(pid);
        assertThat(restarts).hasValue(1);
        fresh.close();
    }

    /** A dying process closes its sockets before its parent can know that it is dead. */
    @Test
    void oneThatIsDyingIsReplacedToo() throws Exception {
        program.dyingMillis(50);
        JailerConnection idle = jailer.borrow();
        JailerConnection broken = jailer.borrow();
        jailer.giveBack(idle);
        program.kill();
        assertThatThrownBy(broken::receive).isInstanceOf(IOException.class);
        jailer.giveBack(broken);
        JailerConnection fresh = jailer.borrow();
        assertThat(fresh).isNotIn(idle, broken);
        assertThat(restarts).hasValue(1);
        fresh.close();
    }

    @Test
    void aThreadThatIsInterruptedGetsNone() {
        jailer.start();
        Thread.currentThread().interrupt();
        assertThatThrownBy(jailer::borrow).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingEndsTheProcessAndLeavesNoSocket() throws Exception {
        jailer.start();
        ProcessHandle process = ProcessHandle.of(jailer.pid()).orElseThrow();
        jailer.close();
        assertThat(process.onExit().get(5, TimeUnit.SECONDS).isAlive()).isFalse();
        try (Stream<Path> left = Files.list(folder.resolve("sockets"))) {
            assertThat(left).isEmpty();
        }
        assertThatThrownBy(jailer::borrow)
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("ENG-003");
        jailer.close();
    }

    @Test
    void aConnectionThatComesBackAfterTheEndIsClosed() throws IOException {
        JailerConnection late = jailer.borrow();
        jailer.close();
        jailer.giveBack(late);
        assertThat(late.isUsable()).isFalse();
    }

    @Test
    void aProgramThatCantBeStartedIsTold() throws Exception {
        Path missing = folder.resolve("missing");
        assertNotStarted(missing, "can't be started");
        assertNotStarted(FakeProgram.program(folder.resolve("silent"), "#!/bin/sh\nexit 1\n"), "it said nothing");
        assertNotStarted(
                FakeProgram.program(folder.resolve("complaining"), "#!/bin/sh\necho no namespaces >&2\nexit 1\n"),
                "no namespaces");
        assertNotStarted(
                FakeProgram.program(folder.resolve("deaf"), "#!/bin/sh\necho ready\nexec sleep 60\n"),
                "did not answer");
    }

    private void assertNotStarted(Path file, String why) throws InterruptedException {
        long before = children();
        try (Jailer broken = new Jailer(file, folder.resolve("sockets"), () -> {})) {
            assertThatThrownBy(broken::start)
                    .isInstanceOf(JailerException.class)
                    .hasMessageContaining("JAIL-101")
                    .hasMessageContaining(why);
        }
        waitForChildren(before);
    }

    private static long children() {
        return ProcessHandle.current().children().count();
    }

    private static void waitForChildren(long most) throws InterruptedException {
        for (int i = 0; i < 1000 && children() > most; i++) {
            Thread.sleep(5);
        }
        assertThat(children()).as("processes that are left").isLessThanOrEqualTo(most);
    }

    @Test
    void aProgramOfAnotherVersionIsToldAndEnded() throws Exception {
        program.version(2);
        program.dyingMillis(60_000);
        long before = children();
        assertThatThrownBy(jailer::start)
                .isInstanceOf(JailerException.class)
                .hasMessageContaining("JAIL-102")
                .hasMessageContaining("version 2");
        waitForChildren(before);
    }
}
