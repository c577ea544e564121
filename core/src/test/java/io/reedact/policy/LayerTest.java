package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayerTest {
    @Test
    void theirBitsAreThoseOfTheWire() {
        assertThat(Layer.labels())
                .containsExactly(
                        "user-namespace",
                        "pid-namespace",
                        "mount-namespace",
                        "network-namespace",
                        "ipc-namespace",
                        "uts-namespace",
                        "time-namespace",
                        "cgroup-namespace",
                        "cgroup-memory",
                        "cgroup-pids",
                        "cgroup-cpu",
                        "distinct-uid",
                        "private-root",
                        "private-inodes",
                        "private-devices",
                        "landlock",
                        "seccomp",
                        "syscall-reports",
                        "no-new-privileges",
                        "capabilities",
                        "rlimits");
        long bit = 1;
        for (Layer layer : Layer.values()) {
            assertThat(layer.bit()).isEqualTo(bit);
            bit <<= 1;
        }
    }

    @Test
    void setsBecomeBitsAndBack() {
        assertThat(Layer.bits(List.of(Layer.PID_NAMESPACE, Layer.RLIMITS))).isEqualTo(1L << 1 | 1L << 20);
        assertThat(Layer.of(Layer.bits(EnumSet.allOf(Layer.class)))).isEqualTo(EnumSet.allOf(Layer.class));
        assertThat(Layer.of(1L << 40 | 1)).isEqualTo(Set.of(Layer.USER_NAMESPACE));
    }

    @Test
    void isFoundByItsLabelOnly() {
        assertThat(Layer.find("landlock")).contains(Layer.LANDLOCK);
        assertThat(Layer.find("LANDLOCK")).isEmpty();
    }

    @Test
    void actionsHaveTheNumbersOfTheWire() {
        assertThat(List.of(Action.ALLOW.code(), Action.REFUSE.code(), Action.REPORT.code(), Action.END.code()))
                .containsExactly(0, 1, 2, 3);
    }
}
