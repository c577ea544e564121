package io.reedact.jailer;

import io.reedact.problem.JailerException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jailer's program as a process: how it is started, and the little that it says. */
final class JailerProgram {
    private static final int LONGEST_TEXT = 2_000;

    private JailerProgram() {}

    /** Starts it; it listens when {@link #awaitReady} has returned. */
    static Process start(Path program, Path socket, Path folder) {
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

    /**
     * Blocks until it has said that it listens.
     *
     * @throws IOException if it says something else, or nothing
     */
    static void awaitReady(Process process) throws IOException {
        String line = firstLine(process.getInputStream());
        if (!line.equals("ready")) {
            throw new IOException(line.isEmpty() ? "it said nothing" : line);
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

    /** What is there of its standard error, as the end of a sentence. Guests have pipes of their own and never write there. */
    static String stderr(Process process) {
        try {
            InputStream in = process.getErrorStream();
            byte[] bytes = in.readNBytes(Math.min(in.available(), LONGEST_TEXT));
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "" : "; it said: " + text;
        } catch (IOException e) {
            return ""; // closed: then there is nothing to add
        }
    }

    static JailerException notStarted(String message, Throwable cause) {
        return new JailerException(Problem.of(ProblemCode.JAILER_NOT_STARTED, message, null), cause);
    }
}
