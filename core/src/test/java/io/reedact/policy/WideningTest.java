package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideningTest {
    @TempDir
    Path folder;

    WrittenPolicies policies;

    @BeforeEach
    void writeAParent() {
        policies = new WrittenPolicies(folder)
                .write(
                        "parent",
                        "memory_limit = \"128MiB\"",
                        "timeout = \"10s\"",
                        "cpu_time = \"5s\"",
                        "process_limit = 16",
                        "disk_limit = \"16MiB\"",
                        "filesystem_access = [\"/usr\", { path = \"/var/tmp\", access = \"write\" }]",
                        "allowed_syscalls = [\"@default\", { call = \"ptrace\", reason = \"lessons\" }]",
                        "fatal_syscalls = [\"@trace\", \"@kernel\"]",
                        "optional_layers = [\"landlock\"]",
                        "forked_start = false",
                        "[ceiling]",
                        "timeout = \"20s\"",
                        "[python]",
                        "memory_limit = \"64MiB\"",
                        "blocked_modules = [\"ctypes\", \"cffi\"]",
                        "allowed_modules = [\"json\"]");
    }

    private String problems(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "extends = \"parent\"";
        System.arraycopy(lines, 0, all, 1, lines.length);
        return policies.problemsOf(all);
    }

    @Test
    void isShownWithWhatIsInForceAndHowToDeclareIt() {
        assertThat(problems("timeout = \"11s\"")).isEqualTo("""
            error[POL-072]: timeout = 11s allows more than 10s (parent.toml:2)
              --> shop.toml:2:1
               |
             2 | timeout = "11s"
               | ^^^^^^^
               = help: list it: widens = ["timeout"]
            """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout = \"11s\"",
                "cpu_time = \"6s\"",
                "process_limit = 17",
                "cpu_quota = 0.501",
                "filesystem_access = [\"/etc/ssl\"]",
                "filesystem_access = [{ path = \"/usr/lib\", access = \"write\" }]",
                "allowed_syscalls = [\"@default\", \"@locks\"]",
                "allowed_syscalls = [\"@default\", { call = \"bpf\", reason = \"x\" }]",
                "allowed_syscalls = [{ call = \"socket\", reason = \"without its conditions\" }]",
                "fatal_syscalls = [\"@trace\"]",
                "fatal_syscalls = []",
                "optional_layers = [\"seccomp\"]",
                "forked_start = true",
                "ceiling.timeout = \"21s\"",
                "ceiling.cpu_quota = 1",
                "ceiling.memory_limit = \"256MiB\"",
                "python.memory_limit = \"65MiB\"",
                "python.timeout = \"11s\"",
                "python.blocked_modules = [\"ctypes\"]",
                "python.allowed_modules = [\"json\", \"os\"]",
                "python.ceiling.timeout = \"21s\"",
                "php.optional_layers = [\"landlock\", \"rlimits\"]",
                "module_path = [\"/usr/lib\"]",
            })
    void isRefusedUnlessItIsDeclared(String line) {
        String key = line.substring(0, line.indexOf(" = "));
        assertThat(problems(line)).contains("error[POL-072]: " + key + " = ", "widens = [\"" + key + "\"]");
        assertThat(problems("widens = [\"" + key + "\"]", line)).doesNotContain("POL-072");
        String plain = key.replaceFirst("^(python|php)\\.", "");
        assertThat(problems("widens = [\"" + plain + "\"]", line)).doesNotContain("POL-072");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout = \"10s\"",
                "memory_limit = \"64MiB\"",
                "cpu_time = \"1s\"",
                "filesystem_access = []",
                "filesystem_access = [\"/usr/lib\", \"/var/tmp\"]",
                "filesystem_access = [{ path = \"/var/tmp\", access = \"write\" }]",
                "allowed_syscalls = []",
                "allowed_syscalls = [\"@files\", \"@start\"]",
                "allowed_syscalls = [\"@default\", { call = \"ptrace\", reason = \"x\" }, { call = \"read\", reason ="
                        + " \"x\" }]",
                "allowed_syscalls = [\"@files\", \"@memory\", \"@processes\", \"@signals\", \"@time\", \"@waiting\","
                        + " \"@sockets\", \"@identity\"]",
                "fatal_syscalls = [\"@trace\", \"@kernel\", \"@keys\"]",
                "optional_layers = []",
                "forked_start = false",
                "network_access = false",
                "locale = \"de_AT.UTF-8\"",
                "time_zone = \"Europe/Vienna\"",
                "environment = { A = \"1\" }",
                "ceiling.timeout = \"15s\"",
                "python.blocked_modules = [\"ctypes\", \"cffi\", \"os\"]",
                "python.allowed_modules = []",
                "php.allowed_modules = [\"json\"]",
            })
    void isNotWhatNarrows(String line) {
        assertThat(problems(line)).isEmpty();
    }

    @Test
    void aTopLevelKeyIsComparedWithWhatIsInForceForEachLanguage() {
        assertThat(problems("memory_limit = \"100MiB\"")).isEqualTo("""
            error[POL-072]: memory_limit = 100MiB allows more than 64MiB (parent.toml:14)
              --> shop.toml:2:1
               |
             2 | memory_limit = "100MiB"
               | ^^^^^^^^^^^^
               = help: list it: widens = ["memory_limit"]
            """);
        assertThat(problems("memory_limit = \"100MiB\"", "[python]", "memory_limit = \"64MiB\""))
                .isEmpty();
    }

    @Test
    void namesOfWidensAreChecked() {
        String shown = problems("widens = [\"timeut\", \"python.timeout\", \"java.timeout\", \"ceiling.locale\","
                + " \"python.ceiling.timeout\", 3, \"\"]");
        assertThat(shown.lines().filter(line -> line.startsWith("error") || line.contains("help")))
                .containsExactly(
                        "error[POL-073]: widens names no key: 'timeut'",
                        "   = help: did you mean 'timeout'?",
                        "error[POL-073]: widens names no key: 'java.timeout'",
                        "   = help: write a key as in timeout, python.timeout (for one language) or ceiling.timeout"
                                + " (limits only)",
                        "error[POL-073]: widens names no key: 'ceiling.locale'",
                        "   = help: write a key as in timeout, python.timeout (for one language) or ceiling.timeout"
                                + " (limits only)",
                        "error[POL-013]: widens wants names of keys in quotes, found the number 3",
                        "error[POL-073]: widens names no key: ''",
                        "   = help: write a key as in timeout, python.timeout (for one language) or ceiling.timeout"
                                + " (limits only)");
    }

    @Test
    void aFileThatExtendsNothingHasNothingToDeclare() {
        assertThat(policies.problemsOf("timeout = \"1h\"", "optional_layers = [\"seccomp\"]"))
                .isEmpty();
    }
}
