package io.reedact.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Times whole commands through the small native program {@code time-start}, which starts them without a JVM's help. */
final class ProcessTimer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    ProcessTimer(Path program) {
        try {
            process = new ProcessBuilder(program.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + program, e);
        }
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Runs a command to its end and returns its milliseconds; one that fails would measure nothing, and is an error. */
    double millis(List<String> command) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(String.join("\t", command))
                    .append('\n')
                    .flush();
            String answer = answers.readLine();
            if (answer == null || !answer.endsWith(" 0")) {
                throw new IllegalStateException("%s ended with %s".formatted(command, answer));
            }
            return Long.parseLong(answer.substring(0, answer.indexOf(' '))) / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException("can't run " + command, e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
