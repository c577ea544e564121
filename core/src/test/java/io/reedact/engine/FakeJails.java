package io.reedact.engine;

import io.reedact.jailer.FakeJailer;
import io.reedact.jailer.FakeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Jails whose jailer is a {@link FakeProgram}, with one language and the bundled policies. */
final class FakeJails implements AutoCloseable {
    private final Path home;
    private final FakeProgram program;
    private final JailsBuilder builder = Jails.builder();

    /** The interpreter is never started in a jail; but it is asked for its version, so it is one that every test has. */
    private static final String DESCRIPTOR = """
            name = "toy"
            aliases = ["t"]
            extensions = ["toy"]
            interpreter = ["JAVA/bin/java"]
            arguments = ["{prelude}", "{memory:50:MiB}"]
            version = { arguments = ["--version"], pattern = '(\\d+[.\\d]*)' }
            paths = []
            start = "cold"
            start_limits = { time = "2s", memory = "64MiB" }
            [values]
            big_integers = true
            exact_decimals = true
            lone_surrogates = true
            """;

    /** What the jailer does with each execution. */
    interface Script {
        void play(Exchange exchange) throws IOException;
    }

    /**
     * @param folder for the home, and a cache that several may share
     * @param name of the home
     */
    FakeJails(Path folder, String name) throws IOException {
        home = folder.resolve(name);
        Path toy = Files.createDirectories(home.resolve("runtimes/toy"));
        Files.writeString(toy.resolve("runtime.toml"), DESCRIPTOR.replace("JAVA", System.getProperty("java.home")));
        Files.writeString(toy.resolve("prelude.toy"), "");
        Files.createDirectories(home.resolve("bin"));
        program = new FakeProgram(home.resolve("bin/reedact-jailer"));
        builder.home(home)
                .policies(Path.of("../policies").toAbsolutePath())
                .environment(Map.of(
                        "XDG_CACHE_HOME", folder.toString(),
                        "XDG_RUNTIME_DIR", folder.toString()))
                .slots(4)
                .queueTimeout(Duration.ofSeconds(9));
    }

    JailsBuilder builder() {
        return builder;
    }

    FakeProgram program() {
        return program;
    }

    Jails open(Script everyExecution) {
        serve(everyExecution);
        return builder.open();
    }

    /** From now on. */
    void serve(Script everyExecution) {
        program.serve(script(everyExecution));
    }

    private static FakeJailer.Script script(Script script) {
        return client -> script.play(Exchange.begin(client));
    }

    @Override
    public void close() throws IOException {
        program.close();
    }
}
