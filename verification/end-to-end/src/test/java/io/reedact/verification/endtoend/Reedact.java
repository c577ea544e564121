package io.reedact.verification.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code build/reedact/bin/reedact} as a process. */
final class Reedact {
    static final Path BUILD = Path.of(System.getProperty("reedact.build"));
    static final Path LAUNCHER = BUILD.resolve("bin/reedact");
    static final Path PROJECT = BUILD.getParent().getParent();

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String input = "";
    private Path directory = Path.of("").toAbsolutePath();

    private Reedact(List<String> command) {
        this.command.addAll(command);
    }

    /** What a command left behind. */
    record Result(int status, String out, String err) {
        /** The value at a path of keys in the JSON object that is all of stdout. */
        Object json(Object... path) {
            return JsonText.at(JsonText.parse(out), path);
        }
    }

    static Reedact command(String... arguments) {
        Reedact reedact = new Reedact(List.of(LAUNCHER.toString()));
        reedact.command.addAll(List.of(arguments));
        return reedact;
    }

    /** The same, by way of a shell; {@code "$REEDACT"} is the command. */
    static Reedact shell(String script) {
        return new Reedact(List.of("/bin/sh", "-c", script)).with("REEDACT", LAUNCHER.toString());
    }

    static Result run(String... arguments) {
        return command(arguments).run();
    }

    Reedact with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Reedact fedWith(String text) {
        input = text;
        return this;
    }

    Reedact in(Path folder) {
        directory = folder;
        return this;
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    Result run() {
        try {
            Path in = Files.writeString(Files.createTempFile("reedact", ".in"), input);
            Path out = Files.createTempFile("reedact", ".out");
            Path err = Files.createTempFile("reedact", ".err");
            Process process = builder()
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still runs after a minute: " + command);
            }
            Result result = new Result(
                    process.exitValue(),
                    new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
                    new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
            for (Path file : List.of(in, out, err)) {
                Files.delete(file);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
