package io.reedact.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of this host that are asked something about themselves. They are the admin's, and trusted. */
final class Questions {
    private static final int SECONDS = 20;
    private static final int LONGEST_ANSWER = 1 << 20;

    private Questions() {}

    /**
     * What a program says, stdout and stderr together.
     *
     * @throws IOException if it can't be started, fails, or takes too long
     */
    static String ask(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            byte[] answer = process.getInputStream().readNBytes(LONGEST_ANSWER);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.get(0) + " did not answer within " + SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.get(0) + " exited with " + process.exitValue());
            }
            return new String(answer, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + command.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
