package io.reedact.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One isolation mechanism of a jail. Its number is that of its bit on the wire. */
public enum Layer {
    /** Rights inside are no rights outside: user_namespaces(7). */
    USER_NAMESPACE(0),
    /** Only own processes exist: pid_namespaces(7). */
    PID_NAMESPACE(1),
    /** Mounts of the jail's own: mount_namespaces(7). */
    MOUNT_NAMESPACE(2),
    /** An empty network: network_namespaces(7). */
    NETWORK_NAMESPACE(3),
    /** Message queues, semaphores and shared memory of the jail's own: ipc_namespaces(7). */
    IPC_NAMESPACE(4),
    /** A host name of the jail's own: uts_namespaces(7). */
    UTS_NAMESPACE(5),
    /** Clocks of the jail's own, and with them a file for locks less: time_namespaces(7). */
    TIME_NAMESPACE(6),
    /** No path of the host's control groups: cgroup_namespaces(7). */
    CGROUP_NAMESPACE(7),
    /** The memory limit: cgroups(7). */
    CGROUP_MEMORY(8),
    /** The process limit: cgroups(7). */
    CGROUP_PIDS(9),
    /** The CPU quota: cgroups(7). */
    CGROUP_CPU(10),
    /** A user id on the host that nothing else uses while the jail lives. */
    DISTINCT_UID(11),
    /** A root file system of the jail's own: pivot_root(2). */
    PRIVATE_ROOT(12),
    /** Files of the runtime with inodes of the jail's own, so that locks and watches on them stay inside: overlayfs. */
    PRIVATE_INODES(13),
    /** Device nodes of the jail's own: mknod(2). */
    PRIVATE_DEVICES(14),
    /** The same paths once more, by another mechanism: landlock(7). */
    LANDLOCK(15),
    /** The filter of system calls: seccomp(2). */
    SECCOMP(16),
    /** Denied system calls are reported: seccomp_unotify(2). */
    SYSCALL_REPORTS(17),
    /** Set-uid programs give nothing: prctl(2), PR_SET_NO_NEW_PRIVS. */
    NO_NEW_PRIVILEGES(18),
    /** All sets of capabilities are empty: capabilities(7). */
    CAPABILITIES(19),
    /** Limits on descriptors, file sizes and others: setrlimit(2). */
    RLIMITS(20);

    private final int number;
    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Layer(int number) {
        this.number = number;
    }

    /** The name in policies and results, such as {@code pid-namespace}. */
    public String label() {
        return label;
    }

    /** The layer's bit on the wire. */
    public long bit() {
        return 1L << number;
    }

    /** The layer of a label; empty if there is none. */
    public static Optional<Layer> find(String label) {
        for (Layer layer : values()) {
            if (layer.label.equals(label)) {
                return Optional.of(layer);
            }
        }
        return Optional.empty();
    }

    /** The labels of all layers, in their order. */
    public static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (Layer layer : values()) {
            labels.add(layer.label);
        }
        return labels;
    }

    /** Layers as bits of the wire. */
    public static long bits(Collection<Layer> layers) {
        long bits = 0;
        for (Layer layer : layers) {
            bits |= layer.bit();
        }
        return bits;
    }

    /** The layers of bits of the wire; bits that stand for no layer are passed over. */
    public static Set<Layer> of(long bits) {
        Set<Layer> layers = EnumSet.noneOf(Layer.class);
        for (Layer layer : values()) {
            if ((bits & layer.bit()) != 0) {
                layers.add(layer);
            }
        }
        return layers;
    }
}
