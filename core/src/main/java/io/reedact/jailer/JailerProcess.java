package io.reedact.jailer;

import io.reedact.problem.JailerException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.wire.Facts;
import io.reedact.wire.Frame;
import io.reedact.wire.FrameType;
import io.reedact.wire.ProtocolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One run of the jailer's program. It lives as long as its control connection: it kills its jails and exits when that
 * ends, so a JVM that dies leaves nothing behind. Nobody who may be interrupted ever uses that connection.
 */
final class JailerProcess implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration EXIT = Duration.ofSeconds(10);
    private static final Duration DYING = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofMillis(100);
    private static final int BY_SIGNAL = 128;

    private final Process process;
    private final Path socket;
    private final JailerConnection control;
    private final Object probing = new Object();
    private @Nullable String lastWords;

    private JailerProcess(Process process, Path socket) throws IOException {
        this.process = process;
        this.socket = socket;
        this.control = JailerConnection.open(socket, true);
    }

    /**
     * Starts the program and waits until it listens, for a bounded time.
     *
     * @param program the jailer
     * @param folder for its socket, private to this user
     * @throws JailerException if it does not start, or speaks another version
     */
    static JailerProcess start(Path program, Path folder) {
        return start(program, folder, ANSWER);
    }

    static JailerProcess start(Path program, Path folder, Duration answer) {
        Path socket =
                folder.resolve("jailer-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet() + ".sock");
        Process process = JailerProgram.start(program, socket, folder);
        JailerProcess started = null;
        try {
            started = Undisturbed.within(answer, () -> greet(process, socket));
            return started;
        } catch (IOException e) {
            boolean ended = Undisturbed.isEnding(process, LAST_WORDS);
            String why = e.getMessage() + (ended ? "" : "; it runs and is ended now") + JailerProgram.stderr(process);
            throw JailerProgram.notStarted("the jailer " + program + " did not start: " + why, e);
        } finally {
            if (started == null) {
                process.destroyForcibly();
            }
        }
    }

    private static JailerProcess greet(Process process, Path socket) throws IOException {
        JailerProgram.awaitReady(process);
        try {
            return new JailerProcess(process, socket);
        } catch (IOException e) {
            throw new IOException("it did not answer: " + e.getMessage(), e);
        }
    }

    /** A connection for executions. */
    JailerConnection connect() throws IOException {
        return JailerConnection.open(socket, false, this);
    }

    /** What the host has, by the jailer's word. */
    Map<String, String> facts() {
        try {
            return Undisturbed.within(ANSWER, this::probe);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private Map<String, String> probe() throws IOException {
        synchronized (probing) {
            control.send(new Frame(FrameType.PROBE, 0, new byte[0]));
            Frame answer = control.receive();
            if (answer.type() != FrameType.FACTS) {
                throw new ProtocolException("frame of type " + answer.type() + " where FACTS was wanted");
            }
            return Facts.decode(answer.payload());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether its process ends within a moment: a dying one closes its sockets before its parent can know. */
    boolean isEnding() {
        return Undisturbed.isEnding(process, DYING);
    }

    /** What to throw when a connection to it broke: with what became of the process. */
    JailerException gone(@Nullable Throwable cause) {
        return new JailerException(
                Problem.of(ProblemCode.JAILER_GONE, "the jailer is gone: " + lastWords(), null), cause);
    }

    private synchronized String lastWords() {
        if (!Undisturbed.isEnding(process, LAST_WORDS)) {
            return "its connection ended; its process runs";
        }
        if (lastWords == null) {
            int status = process.exitValue();
            String end = status > BY_SIGNAL
                    ? "it was killed by signal " + (status - BY_SIGNAL)
                    : "it exited with status " + status;
            lastWords = end + JailerProgram.stderr(process);
        }
        return lastWords;
    }

    /** The process id, for tests and messages. */
    long pid() {
        return process.pid();
    }

    /** Ends the control connection and waits until the jailer has killed its jails and is gone. */
    @Override
    public void close() {
        control.close();
        if (!Undisturbed.isEnding(process, EXIT)) {
            process.destroyForcibly();
        }
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            return; // The jailer removes it itself. One that is left has a name that nobody else asks for.
        }
    }
}
