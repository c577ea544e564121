package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.engine.Running;
import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two jails alive together: what one does to a file, a name or a process, the other does not notice. */
@Tag("jail")
@ExtendWith(OpenJails.class)
class PairTest {
    private static final String LOCK = """
            import fcntl, os, time
            file = open(path, 'rb')
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                got = True
            except OSError:
                got = False
            if wait:
                time.sleep(wait)
            return got
            """;

    @ParameterizedTest
    @Tag("timing")
    @ValueSource(
            strings = {
                "/usr/bin/python3",
                "/usr/lib/python3.11/os.py",
                "/runtime/prelude.py",
                "/dev/null",
                "/proc/self/ns/time",
                "/etc/passwd"
            })
    void aLockIsNotSeenByTheOther(String path) throws Exception {
        Execution lock = Execution.of("python", LOCK).with("path", path);
        Running holder = OpenJails.jails().start(lock.with("wait", 1.5));
        Residue.waitForGuests(OpenJails.jails(), 1);
        Thread.sleep(300);
        Object other = OpenJails.value(lock.with("wait", 0));
        assertThat(holder.future().isDone())
                .as("the first still holds its lock")
                .isFalse();
        assertThat(other).isEqualTo(true);
        assertThat(((Outcome.Completed) holder.future().get()).value()).isEqualTo(true);
    }

    @Test
    void withinOneJailTheSameLockIsSeen() {
        // The control: two processes of one jail meet at the very same lock.
        assertThat(OpenJails.value("python", """
                import fcntl, os
                first = open('/usr/lib/python3.11/os.py', 'rb')
                fcntl.flock(first, fcntl.LOCK_EX)
                second = open('/usr/lib/python3.11/os.py', 'rb')
                try:
                    fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return 'not seen'
                except OSError:
                    return 'seen'
                """)).isEqualTo("seen");
    }

    @Test
    void noTwoLiveJailsShareAnId() throws Exception {
        Execution sleeper = Execution.of("python", "import time; time.sleep(1)");
        List<Running> both =
                List.of(OpenJails.jails().start(sleeper), OpenJails.jails().start(sleeper));
        Residue.waitForGuests(OpenJails.jails(), 2);
        assertThat(Residue.idsOfGuests(OpenJails.jails())).hasSizeGreaterThanOrEqualTo(2);
        for (Running running : both) {
            running.future().get();
        }
    }

    @Test
    @Tag("timing")
    void abstractSocketsDoNotReachTheOther() throws Exception {
        Running server = OpenJails.jails().start(Execution.of("python", """
                import socket
                s = socket.socket(socket.AF_UNIX)
                s.bind('\\0reedact-pair')
                s.listen()
                s.settimeout(1.5)
                try:
                    s.accept()
                    return 'reached'
                except OSError:
                    return 'alone'
                """));
        Residue.waitForGuests(OpenJails.jails(), 1);
        Thread.sleep(300);
        assertThat(OpenJails.value("python", """
                import socket
                try:
                    socket.socket(socket.AF_UNIX).connect('\\0reedact-pair')
                    return 'reached'
                except OSError as error:
                    return 'refused'
                """)).isEqualTo("refused");
        assertThat(((Outcome.Completed) server.future().get()).value()).isEqualTo("alone");
    }

    @Test
    void processOneIsOutOfReach() {
        assertThat(OpenJails.value("python", """
                import os, signal
                answers = [os.path.exists('/proc/1')]
                for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
                    try:
                        os.kill(1, number)
                    except PermissionError:
                        pass  # Landlock knows about signals from ABI 6 on; before, pid 1 ignores them
                try:
                    open('/proc/1/mem', 'r+b')
                    answers.append('open')
                except OSError:
                    answers.append('closed')
                child = os.fork()
                if child == 0:
                    os._exit(5)
                answers.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
                return answers
                """)).isEqualTo(List.of(false, "closed", 5L));
    }

    @Test
    void mountsCannotBeChangedBack() {
        Outcome outcome = OpenJails.block("python", """
                import ctypes
                libc = ctypes.CDLL(None, use_errno=True)
                answers = []
                for flags in (0x1000 | 32, 0x1000 | 32 | 1):
                    answers.append((libc.mount(None, b'/usr/lib/python3.11', None, flags, None), ctypes.get_errno()))
                answers.append((libc.umount2(b'/proc', 2), ctypes.get_errno()))
                return answers
                """);
        assertThat(((Outcome.Completed) outcome).value())
                .isEqualTo(List.of(List.of(-1L, 1L), List.of(-1L, 1L), List.of(-1L, 1L)));
        assertThat(outcome.violations()).extracting("name").contains("mount", "umount2");
    }

    @Test
    void terminalsCannotBeTypedIntoWhateverTheHighBits() {
        assertThat(OpenJails.value("python", """
                import ctypes
                libc = ctypes.CDLL(None, use_errno=True)
                libc.syscall.restype = ctypes.c_long
                answers = []
                for request in (0x5412, 0x100005412, 0x541c):
                    libc.syscall(ctypes.c_long(16), ctypes.c_long(0), ctypes.c_long(request), ctypes.c_long(0))
                    answers.append(ctypes.get_errno())
                return answers
                """)).isEqualTo(List.of(1L, 1L, 1L));
    }
}
