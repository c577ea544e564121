package io.reedact.verification.jail;

import io.reedact.engine.Jails;
import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One {@link Jails} for all tests of this module, closed after the last. A host that can't isolate fails here with the
 * product's own refusal; nothing is skipped.
 */
public final class OpenJails implements BeforeAllCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(OpenJails.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(HERE).computeIfAbsent(Jails.class, type -> Jails.open(), Jails.class);
        jails = context.getRoot().getStore(HERE).get(Jails.class, Jails.class);
    }

    private static Jails jails;

    static Jails jails() {
        return jails;
    }

    static Outcome run(Execution execution) {
        return jails.run(execution);
    }

    static Outcome block(String language, String code) {
        return run(Execution.of(language, code));
    }

    /** The value of a block that has to complete; anything else fails the test with the whole outcome as its message. */
    static Object value(Execution execution) {
        Outcome outcome = run(execution);
        if (outcome instanceof Outcome.Completed completed) {
            return completed.value();
        }
        throw new AssertionError("did not complete: " + outcome + "\n" + outcome.stderr());
    }

    static Object value(String language, String code) {
        return value(Execution.of(language, code));
    }

    /** A policy file that extends the default one by some lines. */
    static String policy(Path folder, String name, String lines) {
        Path file = folder.resolve(name + ".toml");
        try {
            Files.writeString(file, "extends = \"default\"\n" + lines + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }

    static String resource(String name) {
        try (InputStream in = OpenJails.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new AssertionError("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
