package io.reedact.policy;

import io.reedact.policy.Key.Home;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All keys of policy files. docs/policy-reference.md describes each; a test holds the two together. */
final class Keys {
    private static final ByteSize MIB = ByteSize.mebibytes(1);
    private static final ByteSize MOST = ByteSize.mebibytes(16L << 20);

    static final Key<ByteSize> MEMORY_LIMIT = size("memory_limit", MIB, MOST, ByteSize.mebibytes(256));
    static final Key<Duration> TIMEOUT = time("timeout", Home.LIMIT, Duration.ofSeconds(30));
    static final Key<Duration> CPU_TIME = time("cpu_time", Home.LIMIT, null);
    static final Key<CpuShare> CPU_QUOTA =
            new Key<>("cpu_quota", Home.LIMIT, new NumberKind.Cores(), new CpuShare(500));
    static final Key<ByteSize> OUTPUT_LIMIT = size("output_limit", new ByteSize(1), ByteSize.mebibytes(1024), MIB);
    static final Key<ByteSize> VALUE_LIMIT =
            size("value_limit", new ByteSize(1), ByteSize.mebibytes(1024), ByteSize.mebibytes(16));
    static final Key<Integer> PROCESS_LIMIT = count("process_limit", Home.LIMIT, new NumberKind.Count(1, 100_000), 64);
    static final Key<ByteSize> DISK_LIMIT = size("disk_limit", ByteSize.kibibytes(4), MOST, ByteSize.mebibytes(64));
    static final Key<Integer> INODE_LIMIT =
            count("inode_limit", Home.LIMIT, new NumberKind.Count(1, 100_000_000), 4096);
    static final Key<Integer> OPEN_FILES_LIMIT =
            count("open_files_limit", Home.LIMIT, new NumberKind.Count(16, 1_048_576), 256);
    static final Key<ByteSize> FILE_SIZE_LIMIT =
            size("file_size_limit", ByteSize.kibibytes(4), MOST, ByteSize.mebibytes(64));
    static final Key<Integer> PAGE_BLOCKS =
            count("page_blocks", Home.PAGE_LIMIT, new NumberKind.Count(1, 100_000), 100);
    static final Key<Duration> PAGE_TIMEOUT = time("page_timeout", Home.PAGE_LIMIT, Duration.ofSeconds(30));

    static final Key<List<Access>> FILESYSTEM_ACCESS = rule("filesystem_access", new AccessKind(false), List.of());
    static final Key<List<Access>> MODULE_PATH = rule("module_path", new AccessKind(true), List.of());
    static final Key<Boolean> NETWORK_ACCESS = rule("network_access", new FlagKind.Network(), false);
    static final Key<CallList> ALLOWED_SYSCALLS =
            rule("allowed_syscalls", new CallListKind(), CallList.of("@default", "@locks"));
    static final Key<List<String>> FATAL_SYSCALLS = rule("fatal_syscalls", new ListKind.FatalGroups(), List.of());
    static final Key<List<Layer>> OPTIONAL_LAYERS = rule("optional_layers", new ListKind.Layers(), List.of());
    static final Key<Boolean> FORKED_START = rule("forked_start", new FlagKind(), true);
    static final Key<String> LOCALE = rule("locale", new TextKind.Locale(), "C.UTF-8");
    static final Key<String> TIME_ZONE = rule("time_zone", new TextKind.TimeZone(), "UTC");
    static final Key<Map<String, String>> ENVIRONMENT = rule("environment", new TextKind.Environment(), Map.of());

    static final Key<List<String>> ALLOWED_MODULES =
            new Key<>("allowed_modules", Home.LANGUAGE, new ListKind.Names(false), null);
    static final Key<List<String>> BLOCKED_MODULES =
            new Key<>("blocked_modules", Home.LANGUAGE, new ListKind.Names(true), List.of());
    static final Key<List<String>> BLOCKED_FUNCTIONS =
            new Key<>("blocked_functions", Home.LANGUAGE, new ListKind.Names(true), List.of());

    static final List<Key<?>> ALL = List.of(
            MEMORY_LIMIT,
            TIMEOUT,
            CPU_TIME,
            CPU_QUOTA,
            OUTPUT_LIMIT,
            VALUE_LIMIT,
            PROCESS_LIMIT,
            DISK_LIMIT,
            INODE_LIMIT,
            OPEN_FILES_LIMIT,
            FILE_SIZE_LIMIT,
            PAGE_BLOCKS,
            PAGE_TIMEOUT,
            FILESYSTEM_ACCESS,
            MODULE_PATH,
            NETWORK_ACCESS,
            ALLOWED_SYSCALLS,
            FATAL_SYSCALLS,
            OPTIONAL_LAYERS,
            FORKED_START,
            LOCALE,
            TIME_ZONE,
            ENVIRONMENT,
            ALLOWED_MODULES,
            BLOCKED_MODULES,
            BLOCKED_FUNCTIONS);

    private Keys() {}

    private static Key<ByteSize> size(String name, ByteSize least, ByteSize most, ByteSize builtIn) {
        return new Key<>(name, Home.LIMIT, new AmountKind.Size(least, most), builtIn);
    }

    private static Key<Duration> time(String name, Home home, @Nullable Duration builtIn) {
        return new Key<>(name, home, new AmountKind.Time(), builtIn);
    }

    private static Key<Integer> count(String name, Home home, NumberKind.Count kind, int builtIn) {
        return new Key<>(name, home, kind, builtIn);
    }

    private static <T> Key<T> rule(String name, Kind<T> kind, T builtIn) {
        return new Key<>(name, Home.RULE, kind, builtIn);
    }

    /** The key of a name; null if there is none. */
    static @Nullable Key<?> find(String name) {
        for (Key<?> key : ALL) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }

    /** The names of the keys that may stand in one of these homes. */
    static List<String> names(Set<Home> homes) {
        Set<String> names = new LinkedHashSet<>();
        for (Key<?> key : ALL) {
            if (homes.contains(key.home())) {
                names.add(key.name());
            }
        }
        return new ArrayList<>(names);
    }
}
