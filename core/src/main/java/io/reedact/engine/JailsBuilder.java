package io.reedact.engine;

import io.reedact.jailer.CacheFolder;
import io.reedact.jailer.Home;
import io.reedact.policy.Policies;
import io.reedact.runtime.Runtimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link Jails} is made of. Everything has a default. */
public final class JailsBuilder {
    private static final Path ADMIN = Path.of("/etc/reedact");
    /** A guest of the default policy gets half a core, and the blocks of a page often wait together. */
    private static final int SLOTS_PER_CORE = 4;

    private static final int FEWEST_SLOTS = 8;
    private static final int LONGEST_LINE = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Map<String, String> environment = System.getenv();
    private @Nullable Home home;
    private List<Path> policyFolders = List.of();
    private List<Path> runtimeFolders = List.of();
    private int slots = Math.max(
            FEWEST_SLOTS, SLOTS_PER_CORE * java.lang.Runtime.getRuntime().availableProcessors());
    private int queueCapacity = LONGEST_LINE;
    private Duration queueTimeout = PATIENCE;
    private JailsListener listener = new JailsListener() {};

    JailsBuilder() {}

    /** With these variables in place of the process's own: REEDACT_HOME, REEDACT_JAILER, XDG_CACHE_HOME, XDG_RUNTIME_DIR. */
    public JailsBuilder environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /** With the folder that holds runtimes/, policies/ and bin/reedact-jailer. */
    public JailsBuilder home(Path folder) {
        home = new Home(folder.toAbsolutePath());
        return this;
    }

    /** With folders of policies that are looked at before /etc/reedact/policies and the bundled ones. */
    public JailsBuilder policies(Path... folders) {
        policyFolders = List.of(folders);
        return this;
    }

    /** With folders of runtimes that are looked at before /etc/reedact/runtimes and the bundled ones. */
    public JailsBuilder runtimes(Path... folders) {
        runtimeFolders = List.of(folders);
        return this;
    }

    /** With so many executions at once; at least 1. Four times the number of cores, and at least 8, if not said. */
    public JailsBuilder slots(int most) {
        slots = requireAtLeast(1, most, "slots");
        return this;
    }

    /** With a line of at most so many waiting executions; 0 refuses whatever can't run at once. 1,000 if not said. */
    public JailsBuilder queueCapacity(int most) {
        queueCapacity = requireAtLeast(0, most, "queueCapacity");
        return this;
    }

    /** With this longest wait for a slot. 30 s if not said. */
    public JailsBuilder queueTimeout(Duration longest) {
        if (longest.isNegative()) {
            throw new IllegalArgumentException("queueTimeout must not be negative: " + longest);
        }
        queueTimeout = longest;
        return this;
    }

    /** With somebody to tell about events. */
    public JailsBuilder listener(JailsListener told) {
        listener = told;
        return this;
    }

    /**
     * Opens it. The jailer is started in the background.
     *
     * @throws io.reedact.problem.HostException if there is no jailer, or no folder for what is unpacked
     */
    public Jails open() {
        return new Jails(this);
    }

    private static int requireAtLeast(int least, int found, String what) {
        if (found < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", found " + found);
        }
        return found;
    }

    Inventory inventory() {
        Home found = home();
        Runtimes runtimes = Runtimes.open(runtimeFolders(found), interpreterCache());
        return new Inventory(runtimes, Policies.open(policyFolders(found), runtimes.names()));
    }

    Map<String, String> environment() {
        return environment;
    }

    Home home() {
        Home chosen = home;
        return chosen == null ? Home.find(environment) : chosen;
    }

    List<Path> policyFolders(Home found) {
        return folders(policyFolders, ADMIN.resolve("policies"), found.policies());
    }

    List<Path> runtimeFolders(Home found) {
        return folders(runtimeFolders, ADMIN.resolve("runtimes"), found.runtimes());
    }

    private static List<Path> folders(List<Path> own, Path admins, Path bundled) {
        List<Path> all = new ArrayList<>(own);
        all.add(admins);
        all.add(bundled);
        return all;
    }

    Path socketFolder() {
        return CacheFolder.forSockets(environment);
    }

    Path interpreterCache() {
        return CacheFolder.find(environment).resolve("interpreters");
    }

    Admission admission() {
        return new Admission(slots, queueCapacity, queueTimeout);
    }

    JailsListener listener() {
        return listener;
    }
}
