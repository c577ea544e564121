package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BundledPoliciesTest {
    private static Rules rules(String policy) {
        return WrittenPolicies.bundled().find(policy).rules("python");
    }

    @Test
    void defaultIsWhatIsPromised() {
        Rules rules = rules("default");
        assertThat(rules.limits())
                .isEqualTo(new Limits(
                        ByteSize.mebibytes(256),
                        Duration.ofSeconds(30),
                        null,
                        new CpuShare(500),
                        ByteSize.mebibytes(1),
                        ByteSize.mebibytes(16),
                        64,
                        ByteSize.mebibytes(64),
                        4096,
                        256,
                        ByteSize.mebibytes(64),
                        100,
                        Duration.ofSeconds(30)));
        assertThat(rules.ceiling()).isEqualTo(rules.limits());
        assertThat(rules.filesystemAccess()).isEmpty();
        assertThat(rules.modulePath()).isEmpty();
        assertThat(rules.networkAccess()).isFalse();
        assertThat(rules.optionalLayers())
                .isEqualTo(Set.of(Layer.DISTINCT_UID, Layer.PRIVATE_DEVICES, Layer.SYSCALL_REPORTS));
        assertThat(rules.forkedStart()).isTrue();
        assertThat(rules.locale()).isEqualTo("C.UTF-8");
        assertThat(rules.timeZone()).isEqualTo("UTC");
        assertThat(rules.environment()).isEmpty();
        assertThat(rules.allowedModules()).isNull();
        assertThat(rules.blockedModules()).isEmpty();
    }

    @Test
    void defaultSaysNothingButWhatIsBuiltInAnyhow() {
        Rules written = rules("default");
        Rules builtIn = Rules.of(
                Effective.of(List.of(), null), WrittenPolicies.bundled().syscallGroups());
        assertThat(builtIn.limits()).isEqualTo(written.limits());
        assertThat(builtIn.syscalls()).isEqualTo(written.syscalls());
        assertThat(builtIn.forkedStart()).isEqualTo(written.forkedStart());
        assertThat(builtIn.optionalLayers())
                .as("only a file can dispense with layers")
                .isEmpty();
    }

    @Test
    void defaultNamesEveryKeyThatHasAValue() {
        for (Key<?> key : Keys.ALL) {
            boolean named = !rules("default").origin(key.name()).equals("built in");
            assertThat(named).as(key.name()).isEqualTo(key.home() != Key.Home.LANGUAGE && key != Keys.CPU_TIME);
        }
    }

    @Test
    void strictAllowsLess() {
        Rules strict = rules("strict");
        Limits limits = strict.limits();
        Limits most = rules("default").limits();
        assertThat(limits.memory()).isLessThan(most.memory());
        assertThat(limits.timeout()).isLessThan(most.timeout());
        assertThat(limits.cpuTime()).isNotNull();
        assertThat(limits.output()).isLessThan(most.output());
        assertThat(limits.processes()).isLessThan(most.processes());
        assertThat(limits.disk()).isLessThan(most.disk());
        assertThat(strict.optionalLayers()).isEmpty();
        assertThat(strict.forkedStart()).isFalse();
    }
}
