package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.ProblemException;
import io.reedact.problem.RequestException;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CeilingTest {
    @TempDir
    Path folder;

    WrittenPolicies policies;

    @BeforeEach
    void openFolder() {
        policies = new WrittenPolicies(folder);
    }

    private Rules rules(String... lines) {
        return policies.write("shop", lines).rules("shop");
    }

    private static Request request(String timeout, String memory, String cpu) {
        return new Request(
                timeout == null ? null : io.reedact.unit.Durations.parse(timeout),
                memory == null ? null : ByteSize.parse(memory),
                cpu == null ? null : CpuShare.parse(cpu));
    }

    private String refusal(Rules rules, Request request) {
        try {
            rules.narrowedBy(request);
            return "";
        } catch (RequestException e) {
            return e.render().replace(folder + "/", "");
        }
    }

    @Test
    void aRequestThatAsksForNothingGetsThePolicysValues() {
        Rules rules = rules("timeout = \"10s\"");
        assertThat(rules.narrowedBy(Request.none()).limits()).isEqualTo(rules.limits());
    }

    @Test
    void aRequestMayAskForLess() {
        Limits limits = rules("timeout = \"10s\"")
                .narrowedBy(request("2s", "64MiB", "0.25"))
                .limits();
        assertThat(limits.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits.memory()).isEqualTo(ByteSize.mebibytes(64));
        assertThat(limits.cpuQuota()).isEqualTo(new CpuShare(250));
        assertThat(limits.disk()).as("lowered with the memory").isEqualTo(ByteSize.mebibytes(32));
    }

    @Test
    void aRequestMayAskForMoreUpToTheCeiling() {
        Rules rules = rules("timeout = \"10s\"", "[ceiling]", "timeout = \"60s\"");
        assertThat(rules.limits().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(rules.ceiling().timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(rules.narrowedBy(request("60s", null, null)).limits().timeout())
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(refusal(rules, request("61s", null, null))).isEqualTo("""
            error[REQ-001]: timeout of 61s is more than this policy allows: ceiling.timeout is 1m (shop.toml:3)
               = help: ask for at most 1m, or have an admin raise the policy's [ceiling]
            """);
    }

    @Test
    void withoutACeilingThePolicysValueIsTheCeiling() {
        assertThat(refusal(rules("timeout = \"10s\""), request("10001ms", "257MiB", "0.6")))
                .isEqualTo("""
                    error[REQ-001]: timeout of 10001ms is more than this policy allows: timeout is 10s (shop.toml:1)
                       = help: ask for at most 10s, or have an admin raise the policy's [ceiling]

                    error[REQ-001]: memory_limit of 257MiB is more than this policy allows: memory_limit is 256MiB (built in)
                       = help: ask for at most 256MiB, or have an admin raise the policy's [ceiling]

                    error[REQ-001]: cpu_quota of 0.6 is more than this policy allows: cpu_quota is 0.5 (built in)
                       = help: ask for at most 0.5, or have an admin raise the policy's [ceiling]
                    """);
    }

    @Test
    void aRequestForTooLittleIsRefused() {
        assertThat(refusal(rules(""), request(null, "1023KiB", "0.009"))).isEqualTo("""
            error[REQ-004]: memory_limit of 1023KiB is too little to run anything
               = help: ask for 1MiB or more

            error[REQ-004]: cpu_quota of 0.009 is too little to run anything
               = help: ask for 0.01 or more
            """);
    }

    @Test
    void eachLanguageCanHaveCeilingsOfItsOwn() {
        Policy policy = policies.write(
                        "shop", "[ceiling]", "memory_limit = \"512MiB\"", "[php.ceiling]", "memory_limit = \"1GiB\"")
                .open()
                .find("shop");
        assertThat(policy.rules("python").ceiling().memory()).isEqualTo(ByteSize.mebibytes(512));
        assertThat(policy.rules("php").ceiling().memory()).isEqualTo(ByteSize.mebibytes(1024));
    }

    @Test
    void aCeilingBelowItsValueIsRefused() {
        assertThat(policies.problemsOf("timeout = \"10s\"", "[ceiling]", "timeout = \"9s\"", "cpu_time = \"1s\""))
                .isEqualTo("""
                    error[POL-030]: the ceiling of timeout is 9s (shop.toml:3), below its value, 10s (shop.toml:1)
                      --> shop.toml:3:1
                       |
                     3 | timeout = "9s"
                       | ^^^^^^^

                    error[POL-030]: the ceiling of cpu_time is 1s (shop.toml:4), below its value, no limit
                      --> shop.toml:4:1
                       |
                     4 | cpu_time = "1s"
                       | ^^^^^^^^
                    """);
    }

    @Test
    void aLanguagesValueAboveTheCommonCeilingIsRefusedOnce() {
        assertThat(policies.problemsOf("[ceiling]", "timeout = \"40s\"", "[php]", "timeout = \"50s\"", "[python]"))
                .isEqualTo("""
                    error[POL-030]: the ceiling of timeout is 40s (shop.toml:2), below its value in [php], 50s (shop.toml:4)
                      --> shop.toml:2:1
                       |
                     2 | timeout = "40s"
                       | ^^^^^^^
                    """);
    }

    @Test
    void anInheritedCeilingHoldsForAValueThatIsRaised() {
        policies.write("parent", "timeout = \"10s\"", "[ceiling]", "timeout = \"20s\"");
        assertThat(policies.problemsOf("extends = \"parent\"", "widens = [\"timeout\"]", "timeout = \"30s\""))
                .isEqualTo("""
                    error[POL-030]: the ceiling of timeout is 20s (parent.toml:3), below its value, 30s (shop.toml:3)
                      --> shop.toml:3:1
                       |
                     3 | timeout = "30s"
                       | ^^^^^^^
                    """);
    }

    @Test
    void anExplicitDiskAboveHalfOfMemoryIsRefused() {
        assertThat(policies.problemsOf("memory_limit = \"64MiB\"", "disk_limit = \"33MiB\""))
                .isEqualTo("""
                    error[POL-031]: disk_limit = 33MiB is more than half of memory_limit, 64MiB (shop.toml:1)
                      --> shop.toml:2:1
                       |
                     2 | disk_limit = "33MiB"
                       | ^^^^^^^^^^
                       = help: what is written to disk lies in memory: at most 32MiB
                    """);
        assertThat(policies.problemsOf("disk_limit = \"64MiB\"", "[php]", "memory_limit = \"100MiB\""))
                .contains("disk_limit = 64MiB is more than half of memory_limit in [php], 100MiB (shop.toml:3)");
    }

    @Test
    void aDiskThatIsNotSetHereShrinksWithTheMemory() {
        assertThat(rules("memory_limit = \"64MiB\"").limits().disk()).isEqualTo(ByteSize.mebibytes(32));
        assertThat(rules("extends = \"default\"", "memory_limit = \"64MiB\"")
                        .limits()
                        .disk())
                .isEqualTo(ByteSize.mebibytes(32));
        assertThat(rules("memory_limit = \"1MiB\"").limits().disk()).isEqualTo(ByteSize.kibibytes(512));
    }

    @Test
    void problemsOfARequestAreTheCallersToMend() {
        Rules rules = rules("");
        assertThatThrownBy(() -> rules.narrowedBy(request("2h", null, null)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.fault().exitStatus()).isEqualTo(2));
    }
}
