package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.cli.HostCheck.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelChecksTest {
    private final Map<String, String> facts = new HashMap<>(Map.of(
            "kernel", "6.18.44 x86_64",
            "uid", "0",
            "landlock-abi", "7",
            "cgroup-version", "1",
            "cgroup-missing", "",
            "seccomp-reports", "yes",
            "max-user-namespaces", "95000",
            "apparmor-restricts-user-namespaces", "none",
            "layers", "2097151"));

    private HostCheck check(String name) {
        return KernelChecks.of(facts).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsNothingWrongWithAHostThatHasEverything() {
        assertThat(KernelChecks.of(facts))
                .allSatisfy(check -> assertThat(check.verdict()).isEqualTo(Verdict.PASS));
    }

    @ParameterizedTest
    @CsvSource({
        "kernel, 5.10.0-21-amd64, kernel, WARN, Linux 5.19",
        "kernel, 4.19.0, kernel, WARN, Linux 5.19",
        "kernel, strange, kernel, WARN, Linux 5.19",
        "uid, 1000, user, WARN, root",
        "max-user-namespaces, 0, user namespaces, FAIL, sysctl -w user.max_user_namespaces",
        "cgroup-version, none, control groups, FAIL, mount -t cgroup2",
        "cgroup-missing, the pids controller is not mounted, control groups, FAIL, host-setup.md",
        "landlock-abi, none, landlock, FAIL, lsm=",
        "seccomp-reports, no, reports of denied calls, WARN, Linux 5.19",
        "layers, 2097150, layers, WARN, findings above",
    })
    void saysWhatMendsWhatIsWrong(String fact, String value, String check, Verdict verdict, String mend) {
        facts.put(fact, value);
        assertThat(check(check).verdict()).isEqualTo(verdict);
        assertThat(check(check).mend()).contains(mend);
    }

    @Test
    void namesTheLayersThatAreMissing() {
        facts.put("layers", "2097150");
        assertThat(check("layers").found()).isEqualTo("missing: user-namespace");
    }

    @Test
    void appArmorsRestrictionDoesNotMeetRoot() {
        facts.put("apparmor-restricts-user-namespaces", "1");
        assertThat(check("user namespaces").verdict()).isEqualTo(Verdict.PASS);
        facts.put("uid", "1000");
        assertThat(check("user namespaces").verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void anUnprivilegedUserIsToldHowToHaveControlGroupsDelegated() {
        facts.putAll(Map.of("uid", "1000", "cgroup-version", "2", "cgroup-missing", "not delegated"));
        assertThat(check("control groups").mend()).startsWith("systemd-run --user --scope");
    }
}
