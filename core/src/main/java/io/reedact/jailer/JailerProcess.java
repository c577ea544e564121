package io.reedact.jailer;

import io.reedact.problem.JailerException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.wire.Facts;
import io.reedact.wire.Frame;
import io.reedact.wire.FrameType;
import io.reedact.wire.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One run of the jailer's program. It lives as long as its control connection: it kills its jails and exits when that
 * ends, so a JVM that dies leaves nothing behind. Nobody who may be interrupted ever uses that connection.
 */
final class JailerProcess implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final int ANSWER_SECONDS = 10;
    private static final int EXIT_MILLIS = 10_000;
    private static final int DYING_MILLIS = 500;
    private static final int LAST_WORDS_MILLIS = 100;
    private static final int LONGEST_TEXT = 2_000;
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
        return start(program, folder, ANSWER_SECONDS);
    }

    static JailerProcess start(Path program, Path folder, int answerSeconds) {
        Path socket =
                folder.resolve("jailer-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet() + ".sock");
        Process process = launch(program, socket, folder);
        JailerProcess started = null;
        try {
            started = Undisturbed.within(answerSeconds, () -> greet(process, socket));
            return started;
        } catch (IOException e) {
            boolean ended = Undisturbed.isEnding(process, LAST_WORDS_MILLIS);
            String why = e.getMessage() + (ended ? "" : "; it runs and is ended now") + stderr(process);
            throw notStarted("the jailer " + program + " did not start: " + why, e);
        } finally {
            if (started == null) {
                process.destroyForcibly();
            }
        }
    }

    private static Process launch(Path program, Path socket, Path folder) {
        try {
            Files.deleteIfExists(socket);
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--socket",
                            socket.toString(),
                            "--state",
                            folder.resolve("state").toString())
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw notStarted("the jailer " + program + " can't be started: " + e.getMessage(), e);
        }
    }

    private static JailerProcess greet(Process process, Path socket) throws IOException {
        String line = firstLine(process.getInputStream());
        if (!line.equals("ready")) {
            throw new IOException(line.isEmpty() ? "it said nothing" : line);
        }
        try {
            return new JailerProcess(process, socket);
        } catch (IOException e) {
            throw new IOException("it did not answer: " + e.getMessage(), e);
        }
    }

    /** To its end, or as much of it as anybody would want to read. */
    private static String firstLine(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST_TEXT];
        int length = 0;
        for (int next = in.read(); next >= 0 && next != '\n' && length < line.length; next = in.read()) {
            line[length++] = (byte) next;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    private static JailerException notStarted(String message, Throwable cause) {
        return new JailerException(Problem.of(ProblemCode.JAILER_NOT_STARTED, message, null), cause);
    }

    /** A connection for executions. */
    JailerConnection connect() throws IOException {
        return JailerConnection.open(socket, false, this);
    }

    /** What the host has, by the jailer's word. */
    Map<String, String> facts() {
        try {
            return Undisturbed.within(ANSWER_SECONDS, this::probe);
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
        return Undisturbed.isEnding(process, DYING_MILLIS);
    }

    /** What to throw when a connection to it broke: with what became of the process. */
    JailerException gone(@Nullable Throwable cause) {
        return new JailerException(
                Problem.of(ProblemCode.JAILER_GONE, "the jailer is gone: " + lastWords(), null), cause);
    }

    private synchronized String lastWords() {
        if (!Undisturbed.isEnding(process, LAST_WORDS_MILLIS)) {
            return "its connection ended; its process runs";
        }
        if (lastWords == null) {
            int status = process.exitValue();
            String end = status > BY_SIGNAL
                    ? "it was killed by signal " + (status - BY_SIGNAL)
                    : "it exited with status " + status;
            lastWords = end + stderr(process);
        }
        return lastWords;
    }

    /** What is there of it. Guests have pipes of their own and never write here. */
    private static String stderr(Process process) {
        try {
            InputStream in = process.getErrorStream();
            byte[] bytes = in.readNBytes(Math.min(in.available(), LONGEST_TEXT));
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "" : "; it said: " + text;
        } catch (IOException e) {
            return ""; // closed: then there is nothing to add
        }
    }

    /** The process id, for tests and messages. */
    long pid() {
        return process.pid();
    }

    /** Ends the control connection and waits until the jailer has killed its jails and is gone. */
    @Override
    public void close() {
        control.close();
        if (!Undisturbed.isEnding(process, EXIT_MILLIS)) {
            process.destroyForcibly();
        }
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            return; // The jailer removes it itself. One that is left has a name that nobody else asks for.
        }
    }
}
