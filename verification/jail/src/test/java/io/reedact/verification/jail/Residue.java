package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.engine.Jails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What jails could leave on the host, counted from outside.
 *
 * @param guests processes that run as a jail's uid and are not already dead
 * @param groups control groups of single jails below the jailers' own
 * @param descriptors of the jailer
 * @param mounts of this process's mount namespace
 */
record Residue(long guests, long groups, long descriptors, long mounts) {
    private static final long FIRST_UID = 1_900_000_000L;
    private static final long UIDS_OF_A_SLOT = 256;

    static Residue of(Jails jails) {
        long slot = slotOf(jails);
        return new Residue(
                guestCount(slot), groupCount(slot), entries(Path.of("/proc/" + jailerOf(jails) + "/fd")), mountCount());
    }

    /** The jailer's process: the child of this process whose command line names its slot's socket. */
    static long jailerOf(Jails jails) {
        return jails.jailerPid();
    }

    /** A jailer's slot names its control groups and gives its range of ids: other jailers of the host don't count. */
    private static long slotOf(Jails jails) {
        return Long.parseLong(jails.host().get("slot"));
    }

    static void waitUntilClean(Jails jails, Residue before) {
        Residue now = of(jails);
        for (int i = 0; i < 100 && !now.equals(before); i++) {
            pause();
            now = of(jails);
        }
        assertThat(now).isEqualTo(before);
    }

    /** Waits until at least so many guests live, running or still starting; for 0, until none does. */
    static void waitForGuests(Jails jails, int wanted) {
        waitForProcesses(jails, 2 * wanted);
    }

    /** Waits until at least so many processes of jails live, pid 1 of each included; for 0, until none does. */
    static void waitForProcesses(Jails jails, int wanted) {
        long slot = slotOf(jails);
        for (int i = 0; i < 200; i++) {
            long count = guestCount(slot);
            if (wanted == 0 ? count == 0 : count >= wanted) {
                return;
            }
            pause();
        }
        throw new AssertionError("waited for " + wanted + " processes, found " + guestCount(slot));
    }

    private static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static long guestCount(long slot) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> isLiveGuest(process.pid(), slot)).count();
        }
    }

    /** The distinct host ids of all processes of jails. */
    static java.util.Set<Long> idsOfGuests(Jails jails) {
        long slot = slotOf(jails);
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            java.util.Set<Long> ids = new java.util.TreeSet<>();
            all.filter(process -> isLiveGuest(process.pid(), slot)).forEach(process -> ids.add(idOf(process.pid())));
            return ids;
        }
    }

    private static long idOf(long pid) {
        try {
            return number(Files.readAllLines(Path.of("/proc/" + pid + "/status")), "Uid:");
        } catch (IOException e) {
            return -1; // it has ended meanwhile
        }
    }

    private static boolean isLiveGuest(long pid, long slot) {
        long first = FIRST_UID + slot * UIDS_OF_A_SLOT;
        try {
            List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
            long uid = number(status, "Uid:");
            boolean isDead =
                    status.stream().anyMatch(line -> line.startsWith("State:\tZ") || line.startsWith("State:\tX"));
            return uid >= first && uid < first + UIDS_OF_A_SLOT && !isDead;
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    private static long number(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip().split("\\s+")[0])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(-1);
    }

    static long residentBytes(long pid) {
        try {
            return 1024 * number(Files.readAllLines(Path.of("/proc/" + pid + "/status")), "VmRSS:");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process has run so far, without its children (Documentation/scheduler/sched-stats.rst). */
    static long cpuNanos(long pid) throws IOException {
        String text = Files.readString(Path.of("/proc/" + pid + "/schedstat"));
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    private static long groupCount(long slot) {
        try (Stream<Path> paths = Files.find(
                Path.of("/sys/fs/cgroup"),
                8,
                (path, attributes) -> attributes.isDirectory()
                        && path.getFileName().toString().matches("\\d+")
                        && path.getParent().getFileName().toString().equals("reedact-" + slot))) {
            return paths.sorted(Comparator.naturalOrder()).count();
        } catch (IOException | UncheckedIOException e) {
            return groupCount(slot); // a group went while we walked
        }
    }

    private static long mountCount() {
        return lines(Path.of("/proc/self/mountinfo"));
    }

    private static long entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
