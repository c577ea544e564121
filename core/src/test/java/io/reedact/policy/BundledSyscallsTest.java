package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The groups of policies/syscalls.toml, and what the filters of the bundled policies do. */
class BundledSyscallsTest {
    private static final SyscallGroups GROUPS = WrittenPolicies.bundled().syscallGroups();
    private static final Filter DEFAULT = filter("default");
    private static final Filter STRICT = filter("strict");

    private static final int O_CLOEXEC = 0x80000;

    private static Filter filter(String policy) {
        return new Filter(WrittenPolicies.bundled().find(policy).rules("python").syscalls());
    }

    @Test
    void everyCallOfLinuxOnX86StandsInExactlyOneGroup() {
        Set<String> linux = new TreeSet<>(List.of(SyscallNames.X86_64.strip().split("\\s+")));
        assertThat(linux).hasSizeGreaterThan(375);
        assertThat(new TreeSet<>(GROUPS.callNames())).isEqualTo(linux);
        Map<String, String> groups = new HashMap<>();
        for (String group : GROUPS.groupNames()) {
            for (String call : GROUPS.findGroup(group).calls()) {
                assertThat(groups.put(call, group)).as(call).isNull();
            }
        }
    }

    @Test
    void everyCallAndGroupHasItsReason() {
        assertThat(GROUPS.callNames())
                .allSatisfy(call -> assertThat(GROUPS.reason(call)).isNotBlank().doesNotContain("\n"));
        assertThat(GROUPS.groupNames())
                .allSatisfy(group -> assertThat(GROUPS.about(group)).isNotBlank());
    }

    @Test
    void everyKnownCallIsDecidedByARuleThatAlwaysHolds() {
        for (Filter filter : List.of(DEFAULT, STRICT)) {
            Set<String> decided = new HashSet<>();
            for (SyscallRule rule : filter.rules()) {
                assertThat(decided).as("no rule after one that always holds").doesNotContain(rule.call());
                if (rule.conditions().isEmpty()) {
                    decided.add(rule.call());
                }
            }
            assertThat(decided).isEqualTo(GROUPS.callNames());
            assertThat(filter.rules()).hasSizeLessThan(2048); // the jailer takes no more
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read",
                "openat",
                "mmap",
                "clone",
                "fork",
                "execve",
                "futex",
                "epoll_wait",
                "rt_sigaction",
                "clock_gettime",
                "getrandom",
                "memfd_create",
                "sched_getaffinity",
                "membarrier",
                "rseq",
                "prlimit64",
                "prctl",
                "statx",
                "sendmsg",
                "close_range",
                "exit_group",
                "kill",
                "landlock_restrict_self",
                "fsync",
                "mknod",
                "setuid",
                "pipe2",
                "mlock",
                "setpriority",
                "sched_setaffinity",
                "sched_setscheduler",
                "ioctl",
                "fcntl",
                "flock",
                "madvise",
            })
    void interpretersGetWhatTheyNeed(String call) {
        assertThat(DEFAULT.verdict(call)).isEqualTo("ALLOW");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount",
                "umount2",
                "pivot_root",
                "chroot",
                "open_tree",
                "move_mount",
                "fsopen",
                "mount_setattr",
                "unshare",
                "setns",
                "ptrace",
                "process_vm_readv",
                "process_vm_writev",
                "kcmp",
                "pidfd_getfd",
                "process_madvise",
                "bpf",
                "perf_event_open",
                "userfaultfd",
                "memfd_secret",
                "cachestat",
                "syslog",
                "keyctl",
                "add_key",
                "request_key",
                "io_uring_enter",
                "io_uring_register",
                "io_setup",
                "init_module",
                "finit_module",
                "kexec_load",
                "reboot",
                "swapon",
                "acct",
                "quotactl",
                "settimeofday",
                "clock_settime",
                "adjtimex",
                "sethostname",
                "iopl",
                "ioperm",
                "modify_ldt",
                "open_by_handle_at",
                "name_to_handle_at",
                "fanotify_init",
                "inotify_init1",
                "mbind",
                "set_mempolicy",
                "move_pages",
                "shmget",
                "semget",
                "msgget",
                "mq_open",
                "vhangup",
                "lookup_dcookie",
                "sched_setattr",
            })
    void whatNoInterpreterNeedsIsRefusedAndReported(String call) {
        assertThat(DEFAULT.verdict(call)).isEqualTo("REPORT 1");
        assertThat(STRICT.verdict(call)).isEqualTo("REPORT 1");
    }

    @ParameterizedTest
    @CsvSource({
        "clone3, REFUSE 38",
        "io_uring_setup, REFUSE 38",
        "fadvise64, REFUSE 0",
        "readahead, REFUSE 0",
        "sync, REFUSE 0",
        "syncfs, REFUSE 0",
        "statmount, REFUSE 38",
        "nfsservctl, REFUSE 38",
        "seccomp, REFUSE 1",
        "a_call_of_the_future, REFUSE 38",
    })
    void benignProbesAreAnsweredInSilence(String call, String verdict) {
        assertThat(DEFAULT.verdict(call)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // family, type, verdict: AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_VSOCK, AF_ALG, AF_PACKET
        "1, 1, ALLOW",
        "1, 2, ALLOW",
        "1, 5, ALLOW",
        "1, 3, REPORT 94",
        "2, 1, REPORT 13",
        "10, 2, REPORT 13",
        "16, 3, REPORT 97",
        "40, 1, REPORT 97",
        "38, 5, REPORT 97",
        "17, 3, REPORT 97",
        "0, 0, REPORT 97",
    })
    void socketsAreUnixSocketsOnly(long family, long type, String verdict) {
        assertThat(DEFAULT.verdict("socket", family, type | O_CLOEXEC)).isEqualTo(verdict);
        assertThat(DEFAULT.verdict("socket", family | 1L << 40, type))
                .as("high bits change nothing")
                .isEqualTo(verdict);
        assertThat(DEFAULT.verdict("socketpair", family, type)).isEqualTo(family == 1 ? "ALLOW" : "REPORT 97");
    }

    @Test
    void cloneMakesNoNamespacesAndNoSiblings() {
        assertThat(DEFAULT.verdict("clone", 0x1200011)).as("fork()").isEqualTo("ALLOW");
        assertThat(DEFAULT.verdict("clone", 0x3d0f00)).as("pthread_create()").isEqualTo("ALLOW");
        for (long flag :
                new long[] {0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x8000}) {
            assertThat(DEFAULT.verdict("clone", flag | 17))
                    .as(Long.toHexString(flag))
                    .isEqualTo("REPORT 1");
            assertThat(DEFAULT.verdict("clone", 1L << 63 | flag)).isEqualTo("REPORT 1");
        }
    }

    @Test
    void readsWithFlagsAreNotSupported() {
        assertThat(DEFAULT.verdict("preadv2", 3, 0, 1, 0, 0, 0)).isEqualTo("ALLOW");
        assertThat(DEFAULT.verdict("preadv2", 3, 0, 1, 0, 0, 8)).isEqualTo("REFUSE 95");
        assertThat(DEFAULT.verdict("pwritev2", 3, 0, 1, 0, 0, 1)).isEqualTo("REFUSE 95");
        assertThat(DEFAULT.verdict("preadv2", 3, 0, 1, 0, 0, 1L << 32))
                .as("flags are an int")
                .isEqualTo("ALLOW");
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 36, 37, 38})
    void locksAreForDefaultOnly(long command) {
        assertThat(DEFAULT.verdict("fcntl", 3, command)).isEqualTo("ALLOW");
        assertThat(STRICT.verdict("fcntl", 3, command)).isEqualTo("REPORT 1");
        assertThat(STRICT.verdict("fcntl", 3, 1L << 32 | command)).isEqualTo("REPORT 1");
        assertThat(STRICT.verdict("flock", 3, 2)).isEqualTo("REPORT 1");
    }

    @Test
    void leasesAndNoticesAreForNobody() {
        for (long command : new long[] {1024, 1026, 1040}) {
            assertThat(DEFAULT.verdict("fcntl", 3, command)).isEqualTo("REPORT 1");
        }
        assertThat(STRICT.verdict("fcntl", 3, 1)).as("F_GETFD").isEqualTo("ALLOW");
        assertThat(STRICT.verdict("fcntl", 3, 1031)).as("F_SETPIPE_SZ").isEqualTo("ALLOW");
    }

    @ParameterizedTest
    @CsvSource({
        "ioctl, 1, 0x5412",
        "ioctl, 1, 0x541c",
        "ioctl, 1, 0x540e",
        "ioctl, 1, 0x5423",
        "ioctl, 1, 0x541d",
        "prctl, 0, 67",
        "prctl, 0, 35",
        "prctl, 0, 62",
        "sched_setscheduler, 1, 1",
        "sched_setscheduler, 1, 2",
        "sched_setscheduler, 1, 6",
        "sched_setscheduler, 1, 0x40000001",
        "mknod, 1, 0x21b6",
        "mknod, 1, 0x61b6",
        "mknodat, 2, 0x21b6",
        "personality, 0, 0x40000",
    })
    void argumentsThatReachTooFarAreReported(String call, int argument, String number) {
        long[] arguments = new long[6];
        arguments[argument] = Long.decode(number);
        assertThat(DEFAULT.verdict(call, arguments)).isEqualTo("REPORT 1");
        arguments[argument] |= 0x55L << 32;
        assertThat(DEFAULT.verdict(call, arguments)).as("CVE-2019-10063").isEqualTo("REPORT 1");
    }

    @Test
    void ordinaryArgumentsPass() {
        assertThat(DEFAULT.verdict("ioctl", 1, 0x5401)).as("TCGETS").isEqualTo("ALLOW");
        assertThat(DEFAULT.verdict("prctl", 15)).as("PR_SET_NAME").isEqualTo("ALLOW");
        assertThat(DEFAULT.verdict("personality", 0xffffffffL)).isEqualTo("ALLOW");
        assertThat(DEFAULT.verdict("mknod", 0, 0x11b6)).as("a named pipe").isEqualTo("ALLOW");
        assertThat(DEFAULT.verdict("sched_setscheduler", 0, 3))
                .as("SCHED_BATCH")
                .isEqualTo("ALLOW");
        assertThat(DEFAULT.verdict("madvise", 0, 0, 4)).as("MADV_DONTNEED").isEqualTo("ALLOW");
    }

    @Test
    void theHostsHugePagesAndMergingOfPagesAreOutOfReach() {
        assertThat(DEFAULT.verdict("mmap", 0, 4096, 3, 0x22)).isEqualTo("ALLOW");
        assertThat(DEFAULT.verdict("mmap", 0, 4096, 3, 0x40022)).isEqualTo("REPORT 12");
        assertThat(DEFAULT.verdict("memfd_create", 0, 4)).isEqualTo("REPORT 12");
        assertThat(DEFAULT.verdict("madvise", 0, 0, 12)).isEqualTo("REPORT 22");
        assertThat(DEFAULT.verdict("setsockopt", 3, 1, 26)).isEqualTo("REPORT 1");
        assertThat(DEFAULT.verdict("setsockopt", 3, 1, 16)).isEqualTo("ALLOW");
    }
}
