package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.reedact.problem.PolicyFileException;
import io.reedact.problem.RequestException;
import io.reedact.unit.ByteSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    @TempDir
    Path folder;

    WrittenPolicies policies;

    @BeforeEach
    void openFolder() {
        policies = new WrittenPolicies(folder);
    }

    @Test
    void theContractsExampleIsRead() {
        Rules rules = policies.write(
                        "shop",
                        "extends = \"default\"",
                        "memory_limit = \"64MiB\"",
                        "filesystem_access = [\"/usr/share\", { path = \"/var/tmp\", access = \"write\" }]",
                        "module_path = [\"/usr/lib\"]",
                        "network_access = false",
                        "allowed_syscalls = [\"@default\", { call = \"ptrace\", reason = \"debugger lessons\" }]",
                        "optional_layers = []",
                        "fatal_syscalls = []",
                        "forked_start = true",
                        "locale = \"C.UTF-8\"",
                        "time_zone = \"UTC\"",
                        "environment = { SHOP = \"eu\" }",
                        "widens = [\"filesystem_access\", \"module_path\", \"allowed_syscalls\", \"ceiling.timeout\"]",
                        "[ceiling]",
                        "timeout = \"60s\"",
                        "[python]",
                        "memory_limit = \"128MiB\"",
                        "blocked_modules = [\"ctypes\"]")
                .rules("shop");
        assertThat(rules.limits().memory()).isEqualTo(ByteSize.mebibytes(128));
        assertThat(rules.ceiling().timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(rules.visiblePaths())
                .extracting(Access::toString)
                .containsExactly("/usr/lib", "/usr/share", "/var/tmp (write)");
        assertThat(rules.filesystemAccess())
                .extracting(Access::toString)
                .containsExactly("/usr/share", "/var/tmp (write)");
        assertThat(rules.modulePath()).containsExactly(Path.of("/usr/lib"));
        assertThat(rules.environment()).containsExactly(entry("SHOP", "eu"));
        assertThat(rules.blockedModules()).containsExactly("ctypes");
        assertThat(new Filter(rules.syscalls()).verdict("ptrace")).isEqualTo("ALLOW");
        assertThat(new Filter(rules.syscalls()).verdict("flock"))
                .as("a list allows just what it names")
                .isEqualTo("REPORT 1");
        assertThat(policies.open().find("shop").rules("php").limits().memory()).isEqualTo(ByteSize.mebibytes(64));
    }

    @Test
    void aMissingKeyMeansTheInheritedValueAndAListReplacesTheInheritedOne() {
        policies.write(
                "parent", "timeout = \"7s\"", "filesystem_access = [\"/usr/lib\"]", "optional_layers = [\"landlock\"]");
        Rules rules = policies.write("shop", "extends = \"parent\"", "filesystem_access = []")
                .rules("shop");
        assertThat(rules.limits().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(rules.filesystemAccess()).isEmpty();
        assertThat(rules.optionalLayers()).containsExactly(Layer.LANDLOCK);
    }

    @Test
    void whatAFileSaysForAllReplacesWhatItsParentSaysForOneLanguage() {
        policies.write("parent", "[python]", "timeout = \"20s\"");
        assertThat(policies.write("shop", "extends = \"parent\"", "timeout = \"5s\"")
                        .rules("shop")
                        .limits()
                        .timeout())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everyValueKnowsWhereItComesFrom() {
        policies.write("parent", "", "timeout = \"7s\"");
        Rules rules = policies.write("shop", "extends = \"parent\"", "[python]", "process_limit = 3")
                .rules("shop");
        assertThat(rules.origin("timeout")).isEqualTo(folder + "/parent.toml:2");
        assertThat(rules.origin("process_limit")).isEqualTo(folder + "/shop.toml:3");
        assertThat(rules.origin("cpu_time")).isEqualTo("built in");
        assertThatThrownBy(() -> rules.origin("tiemout")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAdminsPolicyTakesThePlaceOfABundledOneAndCanExtendIt() {
        Rules rules = policies.write("default", "extends = \"default\"", "timeout = \"3s\"")
                .rules("default");
        assertThat(rules.limits().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(rules.optionalLayers()).hasSize(3);
    }

    @Test
    void namesAreThoseOfAllFolders() {
        assertThat(policies.write("shop", "").open().names()).containsExactly("default", "shop", "strict");
        assertThat(Policies.open(List.of(folder.resolve("missing")), WrittenPolicies.LANGUAGES)
                        .names())
                .isEmpty();
    }

    @Test
    void anUnknownPolicyIsRefusedWithAGuess() {
        assertThatThrownBy(() -> policies.open().find("strct"))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.render()).isEqualTo("""
                            error[POL-001]: no policy 'strct'
                               = help: did you mean 'strict'?
                            """));
        assertThatThrownBy(() -> policies.open().find("./strct.toml"))
                .isInstanceOf(RequestException.class)
                .hasMessage("no policy file './strct.toml' [POL-001]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".hidden", "syscalls", "a b", "x\u0000", "-p", "prepared"})
    void namesCannotLeaveTheFolders(String name) {
        assertThatThrownBy(() -> policies.open().find(name)).isInstanceOf(RequestException.class);
    }

    @Test
    void aFileIsReadWhereverItLies(@TempDir Path elsewhere) throws IOException {
        Path file = elsewhere.resolve("mine.toml");
        Files.writeString(file, "extends = \"./base.toml\"\n");
        Files.writeString(elsewhere.resolve("base.toml"), "extends = \"strict\"\ntimeout = \"1s\"\n");
        Policy policy = policies.open().find(file.toString());
        assertThat(policy.name()).isEqualTo("mine");
        assertThat(policy.file()).isEqualTo(file.toString());
        assertThat(policy.rules("php").limits().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.rules("php").forkedStart()).isFalse();
    }

    @Test
    void anUnknownParentIsRefusedWithAGuess() {
        assertThat(policies.problemsOf("extends = \"defalut\"", "timeout = \"100h\""))
                .isEqualTo("""
                    error[POL-070]: extends the unknown policy 'defalut'
                      --> shop.toml:1:11
                       |
                     1 | extends = "defalut"
                       |           ^^^^^^^^^
                       = help: did you mean 'default'?

                    error[POL-021]: timeout has to be from 1ms to 24h, found "100h"
                      --> shop.toml:2:11
                       |
                     2 | timeout = "100h"
                       |           ^^^^^^
                    """);
    }

    @Test
    void aCircleIsRefused() {
        policies.write("a", "extends = \"b\"").write("b", "extends = \"c\"").write("c", "# round", "extends = \"a\"");
        assertThat(policies.problems("a")).isEqualTo("""
            error[POL-071]: extends itself: a.toml → b.toml → c.toml → a.toml
              --> c.toml:2:11
               |
             2 | extends = "a"
               |           ^^^
            """);
        policies.write("me", "extends = \"me\"");
        assertThat(policies.problems("me")).contains("POL-070");
        policies.write("self", "extends = \"./self.toml\"");
        assertThat(policies.problems("self")).contains("POL-071");
    }

    @Test
    void problemsOfParentsAreShownTooAfterThoseOfTheFileItself() {
        policies.write("parent", "timeout = \"0s\"", "memory_limit = \"10GiB\"");
        String shown = policies.problemsOf("extends = \"parent\"", "process_limt = 3", "memory_limit = \"20GiB\"");
        assertThat(shown.lines().filter(line -> line.contains("-->")))
                .containsExactly("  --> shop.toml:2:1", "  --> parent.toml:1:11");
    }

    @Test
    void aFileThatCannotBeReadIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("dir.toml"));
        assertThat(policies.problems("dir")).isEqualTo("error[POL-002]: dir.toml is not a file\n  --> dir.toml\n");
        Files.write(folder.resolve("latin.toml"), "locale = \"\u00e4\"".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(policies.problems("latin")).contains("error[POL-002]: latin.toml is not UTF-8");
        Files.writeString(folder.resolve("mark.toml"), "# \uFFFD is a character, too\n");
        assertThat(policies.problems("mark")).isEmpty();
        Files.writeString(folder.resolve("long.toml"), "#".repeat(1 << 20) + "\n");
        assertThat(policies.problems("long")).contains("error[POL-002]: long.toml is longer than 1MiB");
        assertThat(policies.problemsOf("extends = \"dir\"")).contains("error[POL-002]: dir.toml is not a file");
    }

    @Test
    void aPolicyIsReadOnce() {
        Policies open = policies.write("shop", "timeout = \"3s\"").open();
        Policy policy = open.find("shop");
        policies.write("shop", "timeout = \"4s\"");
        assertThat(open.find("shop")).isSameAs(policy);
        assertThat(policy.rules("php")).isSameAs(policy.rules("php"));
    }

    @Test
    void aPolicyWithProblemsIsNotKept() {
        Policies open = policies.write("shop", "timeout = 3").open();
        assertThatThrownBy(() -> open.find("shop")).isInstanceOf(PolicyFileException.class);
        policies.write("shop", "timeout = \"3s\"");
        assertThat(open.find("shop").rules("php").limits().timeout()).isEqualTo(Duration.ofSeconds(3));
    }
}
