package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.TomlReader;
import io.reedact.problem.Fault;
import io.reedact.problem.PolicyFileException;
import io.reedact.problem.Problem;
import io.reedact.problem.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyscallGroupsTest {
    private static final String SMALL = """
        [groups.start]
        about = "always"
        includes = ["read"]
        [groups.never]
        about = "never"
        seccomp = { reason = "no", denied = "refuse EPERM" }
        [groups.all]
        about = "both"
        includes = ["@io", "@net"]
        [groups.io]
        about = "files"
        read = "bytes"
        lock = { reason = "locks", rules = ["report EACCES without @extra where 1 is 2", "allow"] }
        [groups.net]
        about = "sockets"
        hint = "no net"
        socket = { reason = "few", detail = ["family", "-", "number"], rules = ["allow where 0 is ONE", "report EACCES"] }
        [groups.extra]
        about = "more"
        denied = "refuse ENOSYS"
        extra = "rare"
        other = { reason = "rare", denied = "report EPERM" }
        [names.family]
        ONE = 1
        TWO = 2
        """;

    private static SyscallGroups read(String text) {
        List<Problem> problems = new ArrayList<>();
        Table table = TomlReader.read(new SourceText("syscalls.toml", text), PolicyText.GRAMMAR, problems);
        return SyscallGroupsReader.read(table, problems);
    }

    private static Filter filter(CallList allowed, String... fatal) {
        return new Filter(read(SMALL).compile(allowed, Set.of(fatal)));
    }

    @Test
    void anEmptyListAllowsNothingButTheStart() {
        Filter filter = filter(CallList.of());
        assertThat(filter.verdict("read")).isEqualTo("ALLOW");
        assertThat(filter.verdict("lock")).isEqualTo("REPORT 1");
        assertThat(filter.verdict("socket", 1)).isEqualTo("REPORT 1");
        assertThat(filter.verdict("extra")).isEqualTo("REFUSE 38");
        assertThat(filter.verdict("other")).isEqualTo("REPORT 1");
        assertThat(filter.verdict("seccomp")).isEqualTo("REFUSE 1");
        assertThat(filter.verdict("unknown")).isEqualTo("REFUSE 38");
    }

    @Test
    void groupsIncludeGroups() {
        Filter filter = filter(CallList.of("@all"));
        assertThat(filter.verdict("socket", 1)).isEqualTo("ALLOW");
        assertThat(filter.verdict("socket", 2)).isEqualTo("REPORT 13");
        assertThat(filter.verdict("lock", 0, 1)).isEqualTo("ALLOW");
    }

    @Test
    void aRuleCanDependOnAnotherGroup() {
        assertThat(filter(CallList.of("@io")).verdict("lock", 0, 2)).isEqualTo("REPORT 13");
        assertThat(filter(CallList.of("@io", "@extra")).verdict("lock", 0, 2)).isEqualTo("ALLOW");
    }

    @Test
    void aSingleCallIsAllowedWithoutConditions() {
        Filter filter = filter(new CallList(Set.of("@io"), Map.of("socket", "why not", "lock", "why not")));
        assertThat(filter.verdict("socket", 2)).isEqualTo("ALLOW");
        assertThat(filter.verdict("lock", 0, 2)).isEqualTo("ALLOW");
    }

    @Test
    void fatalGroupsEndTheRunWhereTheyWouldReport() {
        Filter filter = filter(CallList.of("@all"), "@net", "@extra");
        assertThat(filter.verdict("socket", 1)).isEqualTo("ALLOW");
        assertThat(filter.verdict("socket", 2)).isEqualTo("END 13");
        assertThat(filter.verdict("other")).isEqualTo("END 1");
        assertThat(filter.verdict("extra")).as("benign probes stay silent").isEqualTo("REFUSE 38");
        assertThat(filter.verdict("lock", 0, 2)).isEqualTo("REPORT 13");
    }

    @Test
    void onlyReportsHaveDetail() {
        for (SyscallRule rule : filter(CallList.of("@all")).rules()) {
            boolean reported = rule.call().equals("socket") && rule.action() == Action.REPORT;
            assertThat(rule.detail()).as(rule.toString()).isEqualTo(reported ? 0b101 : 0);
        }
    }

    @Test
    void denialsAreToldInWords() {
        SyscallGroups groups = read(SMALL);
        CallList all = CallList.of("@all");
        assertThat(groups.denial("socket", 5, new long[] {2, 99, 7, 0, 0, 0}, all))
                .isEqualTo(new Denial("TWO 7", "allowed_syscalls: @net has conditions", "no net"));
        assertThat(groups.denial("socket", 5, new long[] {77, 99, 0, 0, 0, 0}, all)
                        .detail())
                .isEqualTo("77");
        assertThat(groups.denial("socket", 0, new long[6], CallList.of()).rule())
                .isEqualTo("allowed_syscalls without @net");
        assertThat(groups.denial("other", 0, new long[6], all).hint())
                .isEqualTo("an admin can allow it with a reason, in allowed_syscalls");
        assertThat(groups.denial("#4242", 0, new long[6], all).detail()).isEmpty();
    }

    @Test
    void aDenialNamesTheGroupThatWouldHaveAllowedIt() {
        SyscallGroups groups = read(SMALL);
        CallList files = CallList.of("@io");
        assertThat(groups.denial("lock", 0, new long[] {0, 2, 0, 0, 0, 0}, files)
                        .rule())
                .isEqualTo("allowed_syscalls without @extra");
        Rules strict = WrittenPolicies.bundled().find("strict").rules("python");
        assertThat(strict.denial("fcntl", 2, 0, 6, 0, 0, 0, 0))
                .isEqualTo(new Denial(
                        "F_SETLK",
                        "allowed_syscalls without @locks",
                        "an admin can allow @locks, as the policy default does"));
        assertThat(strict.denial("fcntl", 2, 0, 1024, 0, 0, 0, 0).rule())
                .isEqualTo("allowed_syscalls: @files has conditions");
    }

    @Test
    void realDenialsReadLikeWhatHappened() {
        Rules rules = WrittenPolicies.bundled().find("default").rules("python");
        assertThat(rules.denial("socket", 7, 2, 0x80001, 0, 0, 0, 0))
                .isEqualTo(new Denial(
                        "AF_INET SOCK_STREAM",
                        "network_access = false",
                        "a jail has no network: hand data in as inputs or files"));
        assertThat(rules.denial("clone", 1, 0x10020011L, 0, 0, 0, 0, 0).detail())
                .isEqualTo("CLONE_NEWNS|CLONE_NEWUSER");
        assertThat(rules.denial("ioctl", 2, 0, 0x5412, 0, 0, 0, 0).detail()).isEqualTo("TIOCSTI");
        assertThat(rules.denial("mknod", 2, 0, 0x61b0, 0, 0, 0, 0).detail()).isEqualTo("S_IFBLK");
        assertThat(rules.denial("ptrace", 0, 0, 0, 0, 0, 0, 0).rule()).isEqualTo("allowed_syscalls without @trace");
    }

    @Test
    void aBrokenFileIsOurFaultAndTellsEverything() {
        String broken = SMALL.replace("\"allow where 0 is ONE\"", "\"alow where 0 is ONE\"")
                .replace("\"bytes\"", "\"\"")
                .replace("[\"family\", ", "[\"familiy\", ")
                .replace("includes = [\"@io\", ", "includes = [\"@oi\", ")
                .replace("without @extra", "without @xtra")
                .replace("\"report EPERM\" }", "\"report EPERM\", rules = [\"allow where 0 is 1\"] }");
        assertThatThrownBy(() -> read(broken)).isInstanceOfSatisfying(PolicyFileException.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.OURS);
            assertThat(e.problems())
                    .extracting(Problem::message)
                    .containsExactlyInAnyOrder(
                            "'read' has no reason",
                            "'socket' wants tables of [names], \"number\" or \"-\" in detail",
                            "not a rule: 'alow' is no action",
                            "the last rule of 'other' has to hold always",
                            "@all includes '@oi', which is unknown",
                            "'lock' names the unknown group @xtra");
        });
        assertThatThrownBy(() -> read("")).hasMessageContaining("the group @start is missing");
    }

    @Test
    void withoutItsFileNothingIsAllowed(@TempDir Path empty) {
        Policies policies = Policies.open(List.of(empty), Set.of());
        assertThatThrownBy(policies::syscallGroups)
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("there is no syscalls.toml");
    }
}
