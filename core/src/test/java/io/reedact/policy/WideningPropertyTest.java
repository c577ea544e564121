package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file without `widens` that is accepted allows nothing, in no language, that the file which it extends does not. */
class WideningPropertyTest {
    private static final List<String> GROUPS = List.of("@files", "@locks", "@memory", "@sockets", "@trace", "@default");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void whatIsAcceptedNarrows(long seed) {
        Random random = new Random(seed);
        WrittenPolicies policies = new WrittenPolicies(folder);
        int accepted = 0;
        for (int i = 0; i < 150; i++) {
            policies.write("parent", lines(random, null));
            policies.write("child", lines(random, "parent"));
            if (policies.problems("child").isEmpty()) {
                accepted++;
                Policies open = policies.open();
                for (String language : List.of("python", "php", "javascript")) {
                    assertNarrower(
                            open.find("child").rules(language),
                            open.find("parent").rules(language));
                }
            }
        }
        assertThat(accepted)
                .as("files that were accepted: neither all nor none")
                .isBetween(5, 145);
    }

    private static void assertNarrower(Rules child, Rules parent) {
        assertThat(child.limits().timeout()).isLessThanOrEqualTo(parent.limits().timeout());
        assertThat(child.limits().processes())
                .isLessThanOrEqualTo(parent.limits().processes());
        assertThat(child.ceiling().timeout())
                .isLessThanOrEqualTo(parent.ceiling().timeout());
        assertThat(parent.optionalLayers()).containsAll(child.optionalLayers());
        assertThat(parent.forkedStart() || !child.forkedStart()).isTrue();
        assertThat(allowed(parent)).containsAll(allowed(child));
    }

    /** Calls that are allowed with all arguments. */
    private static Set<String> allowed(Rules rules) {
        Set<String> allowed = new TreeSet<>();
        Set<String> decided = new TreeSet<>();
        for (SyscallRule rule : rules.syscalls()) {
            if (decided.add(rule.call())
                    && rule.action() == Action.ALLOW
                    && rule.conditions().isEmpty()) {
                allowed.add(rule.call());
            }
        }
        return allowed;
    }

    private static String[] lines(Random random, String parent) {
        List<String> lines = new ArrayList<>();
        if (parent != null) {
            lines.add("extends = \"" + parent + "\"");
        }
        addKeys(lines, random);
        if (random.nextInt(4) == 0) {
            lines.add("[ceiling]");
            lines.add("timeout = \"" + (20 + random.nextInt(20)) + "s\"");
        }
        for (String language : List.of("python", "php")) {
            if (random.nextInt(3) == 0) {
                lines.add("[" + language + "]");
                addKeys(lines, random);
            }
        }
        return lines.toArray(new String[0]);
    }

    private static void addKeys(List<String> lines, Random random) {
        maybe(lines, random, "timeout = \"" + (1 + random.nextInt(19)) + "s\"");
        maybe(lines, random, "process_limit = " + (1 + random.nextInt(100)));
        maybe(lines, random, "forked_start = " + random.nextBoolean());
        maybe(lines, random, "optional_layers = " + some(random, List.of("landlock", "rlimits")));
        maybe(lines, random, "allowed_syscalls = " + some(random, GROUPS));
    }

    private static void maybe(List<String> lines, Random random, String line) {
        if (random.nextInt(3) == 0) {
            lines.add(line);
        }
    }

    private static String some(Random random, List<String> names) {
        List<String> chosen = new ArrayList<>();
        for (String name : names) {
            if (random.nextBoolean()) {
                chosen.add("\"" + name + "\"");
            }
        }
        return chosen.toString();
    }
}
