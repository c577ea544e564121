package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What admins see of files that are wrong, whole. */
class PolicyFileProblemsTest {
    @TempDir
    Path folder;

    WrittenPolicies policies;

    @BeforeEach
    void openFolder() {
        policies = new WrittenPolicies(folder);
    }

    @Test
    void aFileWithoutAnythingWrongHasNoProblems() {
        assertThat(policies.problemsOf("extends = \"default\"", "memory_limit = \"64MiB\""))
                .isEmpty();
    }

    @Test
    void aMisspeltKey() {
        assertThat(policies.problemsOf("extends = \"default\"", "netwrok_access = false"))
                .isEqualTo("""
                    error[POL-012]: unknown key 'netwrok_access'
                      --> shop.toml:2:1
                       |
                     2 | netwrok_access = false
                       | ^^^^^^^^^^^^^^
                       = help: did you mean 'network_access'?
                    """);
    }

    @Test
    void aMisspeltKeyOfALanguage() {
        assertThat(policies.problemsOf("[python]", "blocked_module = [\"ctypes\"]"))
                .isEqualTo("""
                    error[POL-012]: unknown key 'blocked_module' in [python]
                      --> shop.toml:2:1
                       |
                     2 | blocked_module = ["ctypes"]
                       | ^^^^^^^^^^^^^^
                       = help: did you mean 'blocked_modules'?
                    """);
    }

    @Test
    void anUnknownLanguage() {
        assertThat(policies.problemsOf("[pyhton]", "memory_limit = \"64MiB\"")).isEqualTo("""
            error[POL-011]: unknown section [pyhton]
              --> shop.toml:1:1
               |
             1 | [pyhton]
               | ^^^^^^^^
               = help: did you mean 'python'?
            """);
    }

    @Test
    void anAliasIsNoSection() {
        assertThat(policies.problemsOf("[node]")).contains("= help: there are: javascript, php, python, ceiling");
    }

    @Test
    void aSizeWithoutUnit() {
        assertThat(policies.problemsOf("memory_limit = 64")).isEqualTo("""
            error[POL-020]: memory_limit needs a unit, found 64
              --> shop.toml:1:16
               |
             1 | memory_limit = 64
               |                ^^
               = help: write a size such as "64MiB"
            """);
    }

    @Test
    void aDurationOfNonsense() {
        assertThat(policies.problemsOf("timeout = \"10 parsecs\"")).isEqualTo("""
            error[POL-021]: timeout wants a duration such as "2s"; 'parsecs' is none of its units (ms, s, m or h)
              --> shop.toml:1:11
               |
             1 | timeout = "10 parsecs"
               |           ^^^^^^^^^^^^
            """);
    }

    @Test
    void numbersThatAreNoLimitsAllInOnePass() {
        String shown = policies.problemsOf(
                "memory_limit = 0",
                "timeout = -1",
                "cpu_quota = 1e30",
                "output_limit = \"0B\"",
                "value_limit = \"99999999999999999999GiB\"",
                "process_limit = 0",
                "inode_limit = -4",
                "open_files_limit = 2.5",
                "cpu_time = 1e30",
                "disk_limit = \"1B\"",
                "file_size_limit = true",
                "page_blocks = \"100\"",
                "page_timeout = \"25h\"");
        assertThat(shown.lines().filter(line -> line.startsWith("error")))
                .containsExactly(
                        "error[POL-020]: memory_limit must be more than zero, found 0",
                        "error[POL-021]: timeout must not be negative, found -1",
                        "error[POL-022]: cpu_quota has to be from 0.01 to 1024 cores, found 1e30",
                        "error[POL-020]: output_limit must be more than zero, found \"0B\"",
                        "error[POL-020]: value_limit is too large: \"99999999999999999999GiB\"",
                        "error[POL-023]: process_limit wants a whole number from 1 to 100000, found 0",
                        "error[POL-023]: inode_limit wants a whole number from 1 to 100000000, found -4",
                        "error[POL-013]: open_files_limit wants a whole number from 16 to 1048576, found the number"
                                + " 2.5",
                        "error[POL-021]: cpu_time needs a unit, found 1e30",
                        "error[POL-020]: disk_limit has to be from 4KiB to 16TiB, found \"1B\"",
                        "error[POL-013]: file_size_limit wants a size such as \"64MiB\", found true",
                        "error[POL-013]: page_blocks wants a whole number from 1 to 100000, found the text \"100\"",
                        "error[POL-021]: page_timeout has to be from 1ms to 24h, found \"25h\"");
    }

    @Test
    void aNumberThatNoComputerHolds() {
        assertThat(policies.problemsOf("process_limit = 99999999999999999999")).isEqualTo("""
            error[POL-003]: integer is too large
              --> shop.toml:1:17
               |
             1 | process_limit = 99999999999999999999
               |                 ^^^^^^^^^^^^^^^^^^^^
            """);
    }

    @Test
    void grammarAndMeaningAtOnce() {
        assertThat(policies.problemsOf("timeout = = 2", "memory_limit = 64MiB", "forked_start = \"yes\""))
                .isEqualTo("""
                    error[POL-003]: unexpected '=', expected a value
                      --> shop.toml:1:11
                       |
                     1 | timeout = = 2
                       |           ^
                       = help: texts, sizes and durations stand in quotes: "64MiB"

                    error[POL-003]: unexpected 'MiB', expected a newline or end-of-input
                      --> shop.toml:2:18
                       |
                     2 | memory_limit = 64MiB
                       |                  ^^^

                    error[POL-013]: forked_start wants true or false, found the text "yes"
                      --> shop.toml:3:16
                       |
                     3 | forked_start = "yes"
                       |                ^^^^^
                    """);
    }

    @Test
    void aKeyThatIsGivenTwice() {
        assertThat(policies.problemsOf("timeout = \"2s\"", "timeout = \"3s\"", "[php]", "[php]"))
                .isEqualTo("""
                    error[POL-010]: 'timeout' is given twice
                      --> shop.toml:2:1
                       |
                     2 | timeout = "3s"
                       | ^^^^^^^
                       = help: it stands at line 1, column 1 already

                    error[POL-010]: 'php' is given twice
                      --> shop.toml:4:1
                       |
                     4 | [php]
                       | ^^^^^
                       = help: it stands at line 3, column 1 already
                    """);
    }

    @Test
    void keysInTheWrongPlace() {
        String shown = policies.problemsOf(
                "blocked_modules = [\"ctypes\"]",
                "[ceiling]",
                "locale = \"C\"",
                "[php]",
                "extends = \"default\"",
                "widens = []",
                "page_blocks = 3",
                "[php.ceiling]",
                "page_blocks = 3");
        assertThat(shown.lines().filter(line -> line.startsWith("error") || line.contains("-->")))
                .containsExactly(
                        "error[POL-014]: 'blocked_modules' belongs to a language",
                        "  --> shop.toml:1:1",
                        "error[POL-014]: 'locale' can't be asked for by a request",
                        "  --> shop.toml:3:1",
                        "error[POL-014]: 'extends' counts for the whole file",
                        "  --> shop.toml:5:1",
                        "error[POL-014]: 'widens' counts for the whole file",
                        "  --> shop.toml:6:1",
                        "error[POL-014]: 'page_blocks' counts for whole pages, which mix languages",
                        "  --> shop.toml:7:1",
                        "error[POL-014]: 'page_blocks' can't be asked for by a request",
                        "  --> shop.toml:9:1");
    }

    @Test
    void networkAccess() {
        assertThat(policies.problemsOf("network_access = true")).isEqualTo("""
            error[POL-032]: network_access = true: no network access can be granted yet
              --> shop.toml:1:18
               |
             1 | network_access = true
               |                  ^^^^
               = help: hand data in as inputs or files, and write network_access = false
            """);
    }

    @Test
    void systemCallsThatCannotBeAllowed() {
        String shown = policies.problemsOf(
                "allowed_syscalls = [",
                "  \"@defalt\",",
                "  \"ptrace\",",
                "  \"default\",",
                "  { call = \"ptrase\", reason = \"x\" },",
                "  { call = \"seccomp\", reason = \"x\" },",
                "  { call = \"bpf\" },",
                "  { call = \"bpf\", raeson = \"x\" },",
                "  { reason = \"x\" },",
                "  \"@never\",",
                "  7,",
                "]");
        assertThat(shown.lines().filter(line -> line.startsWith("error") || line.contains("help")))
                .containsExactly(
                        "error[POL-060]: unknown group of system calls '@defalt'",
                        "   = help: did you mean '@default'?",
                        "error[POL-062]: 'ptrace' needs a reason",
                        "   = help: write { call = \"ptrace\", reason = \"…\" }",
                        "error[POL-061]: unknown system call 'default'",
                        "   = help: groups begin with @: '@default'",
                        "error[POL-061]: unknown system call 'ptrase'",
                        "   = help: did you mean 'ptrace'?",
                        "error[POL-063]: no policy can allow 'seccomp': a younger filter could hide or override the"
                                + " reports of the jail's own",
                        "error[POL-062]: 'bpf' needs a reason",
                        "   = help: add reason = \"…\", for whoever reads this next",
                        "error[POL-012]: unknown key 'raeson'",
                        "   = help: did you mean 'reason'?",
                        "error[POL-062]: 'bpf' needs a reason",
                        "   = help: add reason = \"…\", for whoever reads this next",
                        "error[POL-013]: an item of allowed_syscalls is a group or { call = \"ptrace\", reason ="
                                + " \"debugger lessons\" }, found a section",
                        "error[POL-063]: no policy can name @never",
                        "error[POL-013]: an item of allowed_syscalls is a group or { call = \"ptrace\", reason ="
                                + " \"debugger lessons\" }, found the number 7");
    }

    @Test
    void layersGroupsAndListsThatAreNone() {
        String shown = policies.problemsOf(
                "optional_layers = [\"distinct-id\"]",
                "fatal_syscalls = [\"ptrace\", \"@traec\"]",
                "module_path = \"/usr/lib\"",
                "environment = [\"A=1\"]",
                "[python]",
                "allowed_modules = [\"\", \"a\\nb\", 3]");
        assertThat(shown.lines().filter(line -> line.startsWith("error")))
                .containsExactly(
                        "error[POL-050]: optional_layers names no layer: 'distinct-id'",
                        "error[POL-060]: unknown group of system calls 'ptrace'",
                        "error[POL-060]: unknown group of system calls '@traec'",
                        "error[POL-013]: module_path wants a list of directories such as [\"/srv/shop/vendor\"], found"
                                + " the text \"/usr/lib\"",
                        "error[POL-013]: environment wants variables such as { SHOP = \"eu\" }, found a list",
                        "error[POL-024]: allowed_modules wants names, found the text \"\"",
                        "error[POL-024]: allowed_modules wants names, found the text \"a\\nb\"",
                        "error[POL-013]: an item of allowed_modules is a text in quotes, found the number 3");
    }

    @Test
    void namesThatGuestsCouldNotUse() {
        String shown = policies.problemsOf(
                "locale = \"de AT\"",
                "time_zone = \"Europe/Viena\"",
                "environment = { \"1A\" = \"x\", B = 2, HOME = \"/x\", \"\" = \"x\", C = \"a\\u0000b\" }");
        assertThat(shown.lines().filter(line -> line.startsWith("error") || line.contains("help")))
                .containsExactly(
                        "error[POL-024]: locale wants a locale such as \"C.UTF-8\", found \"de AT\"",
                        "error[POL-024]: time_zone wants a time zone such as \"UTC\" or \"Europe/Vienna\", found"
                                + " \"Europe/Viena\"",
                        "   = help: did you mean 'Europe/Vienna'?",
                        "error[POL-024]: '1A' can't be the name of a variable",
                        "error[POL-024]: the variable B wants a text, found the number 2",
                        "error[POL-024]: HOME is set by the jail; the keys locale and time_zone are for LANG, LC_ALL"
                                + " and TZ",
                        "error[POL-024]: '' can't be the name of a variable",
                        "error[POL-024]: the variable C must not hold NUL");
    }

    @Test
    void sectionsThatAreNone() {
        String shown = policies.problemsOf("python = 3", "ceiling = \"60s\"", "extends = 3", "widens = \"timeout\"");
        assertThat(shown.lines().filter(line -> line.startsWith("error")))
                .containsExactly(
                        "error[POL-013]: python wants a section with what counts for this language, found the number 3",
                        "error[POL-013]: ceiling wants a section with the most that requests may ask for, found the"
                                + " text \"60s\"",
                        "error[POL-013]: extends wants the name of a policy such as \"default\", found the number 3",
                        "error[POL-013]: widens wants a list of keys such as [\"timeout\", \"ceiling.timeout\"], found"
                                + " the text \"timeout\"");
    }

    @Test
    void datesAreNoValues() {
        assertThat(policies.problemsOf("timeout = 2026-01-01"))
                .contains("error[POL-013]: timeout wants a duration such as \"30s\", found a date or time");
    }
}
