package io.reedact.jailer;

import io.reedact.problem.JailerException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run of the jailer's program. It lives as long as its control connection: it kills its jails and exits when that
 * ends, so a JVM that dies leaves nothing behind.
 */
final class JailerProcess implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final int EXIT_SECONDS = 10;
    private static final int DYING_MILLIS = 500;

    private final Process process;
    private final Path socket;
    private final JailerConnection control;

    private JailerProcess(Process process, Path socket, JailerConnection control) {
        this.process = process;
        this.socket = socket;
        this.control = control;
    }

    /**
     * Starts the program and waits until it listens.
     *
     * @param program the jailer
     * @param folder for its socket, private to this user
     * @throws JailerException if it does not start, or speaks another version
     */
    static JailerProcess start(Path program, Path folder) {
        Path socket =
                folder.resolve("jailer-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet() + ".sock");
        Process process = launch(program, socket, folder);
        try {
            return new JailerProcess(process, socket, JailerConnection.open(socket, true));
        } catch (IOException e) {
            process.destroyForcibly();
            throw notStarted("the jailer " + program + " did not answer: " + e.getMessage(), e);
        } catch (JailerException e) {
            process.destroyForcibly();
            throw e;
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
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String line = firstLine(process);
            if (!"ready".equals(line)) {
                process.destroyForcibly();
                throw notStarted(
                        "the jailer " + program + " did not start: " + (line == null ? "it said nothing" : line), null);
            }
            return process;
        } catch (IOException e) {
            throw notStarted("the jailer " + program + " can't be started: " + e.getMessage(), e);
        }
    }

    private static @org.jspecify.annotations.Nullable String firstLine(Process process) throws IOException {
        return new BufferedReader(new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
    }

    private static JailerException notStarted(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        return new JailerException(Problem.of(ProblemCode.JAILER_NOT_STARTED, message, null), cause);
    }

    Path socket() {
        return socket;
    }

    JailerConnection control() {
        return control;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether its process ends within a moment: a dying one closes its sockets before its parent can know. */
    boolean isEnding() {
        try {
            return process.waitFor(DYING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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
        boolean interrupted = false;
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // The jailer removes it itself; one that is left is removed by the folder's next user, and in nobody's way.
            interrupted |= false;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
