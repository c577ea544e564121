package io.reedact.policy;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What counts for executions of one language under one policy. Immutable; may be used by any number of threads. */
public final class Rules {
    private final Effective effective;
    private final SyscallGroups groups;
    private final Limits limits;
    private final List<SyscallRule> syscalls;

    private Rules(Effective effective, SyscallGroups groups, Limits limits, List<SyscallRule> syscalls) {
        this.effective = effective;
        this.groups = groups;
        this.limits = limits;
        this.syscalls = syscalls;
    }

    static Rules of(Effective effective, SyscallGroups groups) {
        Set<String> fatal = new HashSet<>(effective.value(Keys.FATAL_SYSCALLS));
        List<SyscallRule> syscalls = groups.compile(effective.value(Keys.ALLOWED_SYSCALLS), fatal);
        return new Rules(effective, groups, LimitsOf.values(effective), syscalls);
    }

    /** What one execution may use. */
    public Limits limits() {
        return limits;
    }

    /** The most that a request may ask for. Never below {@link #limits}. */
    public Limits ceiling() {
        return LimitsOf.ceilings(effective);
    }

    /** What of the host guests see because the policy says so, parents before what lies below them. */
    public List<Access> filesystemAccess() {
        Map<Path, Access> accesses = new TreeMap<>();
        addTo(accesses, effective.value(Keys.FILESYSTEM_ACCESS));
        return List.copyOf(accesses.values());
    }

    /** Where packages are looked for, in this order; paths as the guest sees them. Read-only. */
    public List<Path> modulePath() {
        List<Path> paths = new ArrayList<>();
        for (Access module : effective.value(Keys.MODULE_PATH)) {
            paths.add(module.path());
        }
        return Collections.unmodifiableList(paths);
    }

    /**
     * All that a jail shows of the host beside its runtime: {@link #filesystemAccess} and {@link #modulePath} together, each
     * path once, parents before what lies below them.
     */
    public List<Access> visiblePaths() {
        Map<Path, Access> visible = new TreeMap<>();
        addTo(visible, effective.value(Keys.MODULE_PATH));
        addTo(visible, effective.value(Keys.FILESYSTEM_ACCESS)); // the same path may be writable there
        return List.copyOf(visible.values());
    }

    /** In the order of paths a parent comes before what lies below it. */
    private static void addTo(Map<Path, Access> byPath, List<Access> accesses) {
        for (Access access : accesses) {
            byPath.put(access.path(), access);
        }
    }

    /** False: no policy can grant network access yet. */
    public boolean networkAccess() {
        return effective.value(Keys.NETWORK_ACCESS);
    }

    /** The rules of the system call filter, in the order in which they count. */
    public List<SyscallRule> syscalls() {
        return syscalls;
    }

    /** Layers that may be missing on a host. */
    public Set<Layer> optionalLayers() {
        Set<Layer> layers = EnumSet.noneOf(Layer.class);
        layers.addAll(effective.value(Keys.OPTIONAL_LAYERS));
        return Collections.unmodifiableSet(layers);
    }

    /** True if guests may be forked from an interpreter that is started already. */
    public boolean forkedStart() {
        return effective.value(Keys.FORKED_START);
    }

    /** The name of the locale, for LANG and LC_ALL. */
    public String locale() {
        return effective.value(Keys.LOCALE);
    }

    /** The name of the time zone, for TZ. */
    public String timeZone() {
        return effective.value(Keys.TIME_ZONE);
    }

    /** Variables beside those that every jail has; a PATH among them replaces the jail's. In the order of the file. */
    public Map<String, String> environment() {
        return effective.value(Keys.ENVIRONMENT);
    }

    /** Modules that may be loaded, for good messages and not as a wall; null: all. */
    public @Nullable List<String> allowedModules() {
        return effective.optional(Keys.ALLOWED_MODULES);
    }

    /** Modules that may not be loaded, for good messages and not as a wall. */
    public List<String> blockedModules() {
        return effective.value(Keys.BLOCKED_MODULES);
    }

    /** Functions that may not be called, for good messages and not as a wall. */
    public List<String> blockedFunctions() {
        return effective.value(Keys.BLOCKED_FUNCTIONS);
    }

    /**
     * Where the value of a key comes from: {@code file:line}, or {@code built in}.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    public String origin(String key) {
        Key<?> found = Keys.find(key);
        if (found == null) {
            throw new IllegalArgumentException("no key of a policy: " + key);
        }
        Setting<?> setting = effective.setting(found);
        return setting == null ? "built in" : setting.origin();
    }

    /**
     * What a denied system call was about, in words.
     *
     * @param call its name, or {@code #4242}
     * @param detail bit n: argument n is known
     * @param arguments all six, 0 where not known
     */
    public Denial denial(String call, int detail, long... arguments) {
        return groups.denial(call, detail, arguments, effective.value(Keys.ALLOWED_SYSCALLS));
    }

    /**
     * The rules with what a request asks for. It gets less than the policy's values, or more up to the ceiling.
     *
     * @throws RequestException if it asks for more than a ceiling, or for too little to run anything; with all that is wrong
     */
    public Rules narrowedBy(Request request) {
        List<Problem> problems = new ArrayList<>();
        Duration timeout = asked(Keys.TIMEOUT, request.timeout(), limits.timeout(), problems);
        ByteSize memory = asked(Keys.MEMORY_LIMIT, request.memory(), limits.memory(), problems);
        CpuShare cpu = asked(Keys.CPU_QUOTA, request.cpu(), limits.cpuQuota(), problems);
        if (!problems.isEmpty()) {
            throw new RequestException(problems);
        }
        return new Rules(effective, groups, limits.with(timeout, memory, cpu), syscalls);
    }

    private <T extends Comparable<T>> T asked(Key<T> key, @Nullable T asked, T value, List<Problem> problems) {
        if (asked == null) {
            return value;
        }
        Setting<T> most = effective.ceiling(key);
        if (most != null && asked.compareTo(most.value()) > 0) {
            problems.add(aboveCeiling(key, asked, most));
        }
        T least = key.kind().least();
        if (least != null && asked.compareTo(least) < 0) {
            String message = key + " of " + key.kind().show(asked) + " is too little to run anything";
            problems.add(Problem.of(
                    ProblemCode.REQUEST_TOO_SMALL,
                    message,
                    "ask for " + key.kind().show(least) + " or more"));
        }
        return asked;
    }

    private <T> Problem aboveCeiling(Key<T> key, T asked, Setting<T> most) {
        String name = effective.explicitCeiling(key) == null ? key.name() : "ceiling." + key;
        String message = key + " of " + key.kind().show(asked) + " is more than this policy allows: " + name + " is "
                + most.shown() + " (" + most.origin() + ")";
        String help = "ask for at most " + most.shown() + ", or have an admin raise the policy's [ceiling]";
        return Problem.of(ProblemCode.ABOVE_CEILING, message, help);
    }
}
