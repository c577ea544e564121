package io.reedact.cli;

import io.reedact.policy.Layer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the facts that the jailer has gathered mean for this host, and what mends what is wrong. */
final class KernelChecks {
    /** The oldest kernel that has every layer. */
    private static final int MAJOR = 5;

    private static final int MINOR = 19;

    private final Map<String, String> facts;
    private final boolean root;

    private KernelChecks(Map<String, String> facts) {
        this.facts = facts;
        this.root = fact("uid").equals("0");
    }

    /** The findings, in the order in which they are best mended. */
    static List<HostCheck> of(Map<String, String> facts) {
        KernelChecks checks = new KernelChecks(facts);
        List<HostCheck> all = new ArrayList<>();
        all.add(checks.kernel());
        all.add(checks.user());
        all.add(checks.userNamespaces());
        all.add(checks.controlGroups());
        all.add(checks.landlock());
        all.add(checks.reports());
        all.add(checks.layers());
        return all;
    }

    private HostCheck kernel() {
        String[] numbers = fact("kernel").split("[^0-9]+", 3);
        boolean known = numbers.length >= 2 && !numbers[0].isEmpty() && !numbers[1].isEmpty();
        int major = known ? Integer.parseInt(numbers[0]) : 0;
        boolean isNew = major > MAJOR || major == MAJOR && Integer.parseInt(numbers[1]) >= MINOR;
        return isNew
                ? HostCheck.pass("kernel", fact("kernel"))
                : HostCheck.warn("kernel", fact("kernel"), "Linux 5.19 or newer has every layer");
    }

    private HostCheck user() {
        return root
                ? HostCheck.pass("user", "the jailer runs as root: every jail has a user id of its own")
                : HostCheck.warn(
                        "user",
                        "the jailer runs as uid " + fact("uid") + ", without distinct-uid and private-devices",
                        "run it as root for these two layers; the default policy does without them");
    }

    private HostCheck userNamespaces() {
        String name = "user namespaces";
        if (fact("max-user-namespaces").equals("0")) {
            return HostCheck.fail(name, "switched off", "sysctl -w user.max_user_namespaces=15000");
        }
        if (!root && fact("apparmor-restricts-user-namespaces").equals("1")) {
            return HostCheck.fail(
                    name,
                    "AppArmor takes away what they grant",
                    "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or a profile with `userns,`");
        }
        return HostCheck.pass(name, "up to " + fact("max-user-namespaces"));
    }

    private HostCheck controlGroups() {
        String name = "control groups";
        String version = fact("cgroup-version");
        String missing = fact("cgroup-missing");
        if (version.equals("none")) {
            return HostCheck.fail(name, "none is mounted", "mount -t cgroup2 none /sys/fs/cgroup");
        }
        if (missing.isEmpty() || missing.equals("none")) {
            return HostCheck.pass(name, "version " + version + " with memory, pids and cpu");
        }
        String mend = root || version.equals("1")
                ? "docs/host-setup.md, Control groups"
                : "systemd-run --user --scope -p Delegate=yes reedact doctor";
        return HostCheck.fail(name, "version " + version + ": " + missing, mend);
    }

    private HostCheck landlock() {
        String abi = fact("landlock-abi");
        return abi.equals("none")
                ? HostCheck.fail("landlock", "not there", "add landlock to the kernel's lsm= parameter and boot again")
                : HostCheck.pass("landlock", "ABI " + abi);
    }

    private HostCheck reports() {
        String name = "reports of denied calls";
        return fact("seccomp-reports").equals("yes")
                ? HostCheck.pass(name, "yes")
                : HostCheck.warn(
                        name, "no: calls are denied all the same, but not named in results", "Linux 5.19 or newer");
    }

    private HostCheck layers() {
        Set<Layer> missing = EnumSet.allOf(Layer.class);
        missing.removeAll(Layer.of(number(fact("layers"))));
        String names = missing.stream().map(Layer::label).collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? HostCheck.pass("layers", "all " + Layer.values().length)
                : HostCheck.warn("layers", "missing: " + names, "see the findings above, and docs/host-setup.md");
    }

    private static long number(String text) {
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() ? Long.parseUnsignedLong(text) : 0;
    }

    private String fact(String name) {
        return facts.getOrDefault(name, "");
    }
}
