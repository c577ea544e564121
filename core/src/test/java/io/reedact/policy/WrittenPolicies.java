package io.reedact.policy;

import io.reedact.problem.PolicyFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A folder of policies that a test writes, before the bundled ones. */
final class WrittenPolicies {
    static final Path BUNDLED = Path.of("../policies").toAbsolutePath().normalize();
    static final Set<String> LANGUAGES = Set.of("python", "php", "javascript");

    private final Path folder;

    WrittenPolicies(Path folder) {
        this.folder = folder;
    }

    static Policies bundled() {
        return Policies.open(List.of(BUNDLED), LANGUAGES);
    }

    WrittenPolicies write(String name, String... lines) {
        try {
            Files.writeString(folder.resolve(name + ".toml"), String.join("\n", lines) + "\n");
            return this;
        } catch (IOException e) {
            throw new AssertionError("can't write a policy", e);
        }
    }

    /** Opened anew, so that what was written since is seen. */
    Policies open() {
        return Policies.open(List.of(folder, BUNDLED), LANGUAGES);
    }

    Rules rules(String name) {
        return open().find(name).rules("python");
    }

    /** All problems as users see them, with the folders left out; empty if there is none. */
    String problems(String name) {
        try {
            open().find(name);
            return "";
        } catch (PolicyFileException e) {
            return e.render().replace(folder + "/", "").replace(BUNDLED + "/", "");
        }
    }

    /** The problems of one file with these lines. */
    String problemsOf(String... lines) {
        return write("shop", lines).problems("shop");
    }
}
