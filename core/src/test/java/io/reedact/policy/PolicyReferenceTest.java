package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/policy-reference.md says what the code does. */
class PolicyReferenceTest {
    private static final String PAGE = read(Path.of("../docs/policy-reference.md"));
    private static final Map<String, List<String>> ROWS = rows();

    @TempDir
    Path folder;

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new AssertionError("can't read " + path, e);
        }
    }

    /** The rows of all tables that begin with a word in code, by that word. */
    private static Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new HashMap<>();
        for (String line : PAGE.lines().filter(text -> text.startsWith("| `")).toList()) {
            List<String> cells = new ArrayList<>();
            for (String cell : line.substring(1).split("\\|", -1)) {
                cells.add(cell.strip());
            }
            assertThat(rows.put(cells.get(0).replace("`", ""), cells))
                    .as("once: " + cells)
                    .isNull();
        }
        return rows;
    }

    @Test
    void everyKeyIsDescribedAndNothingElse() {
        Set<String> keys = new TreeSet<>(Set.of("extends", "widens"));
        Keys.ALL.forEach(key -> keys.add(key.name()));
        Set<String> described = new TreeSet<>(ROWS.keySet());
        described.removeIf(word -> word.startsWith("@"));
        assertThat(described).isEqualTo(keys);
    }

    @Test
    void rangesAndDefaultsAreThoseOfTheCode() {
        for (Key<?> key : Keys.ALL) {
            List<String> row = ROWS.get(key.name());
            assertThat(row.get(1)).as(key.name()).contains(key.kind().range());
            assertThat(row.get(2).replace("`", "")).as(key.name()).isEqualTo(builtIn(key));
        }
    }

    private static <T> String builtIn(Key<T> key) {
        T value = key.builtIn();
        if (value == null) {
            return key == Keys.ALLOWED_MODULES ? "all" : "none";
        }
        return key.kind().show(value);
    }

    @Test
    void everyExampleIsAccepted() {
        WrittenPolicies policies = new WrittenPolicies(folder);
        for (Map.Entry<String, List<String>> row : ROWS.entrySet()) {
            Key<?> key = Keys.find(row.getKey());
            if (!row.getKey().startsWith("@")) {
                String example = row.getValue().get(key == null ? 2 : 3).replace("`", "");
                String section = key != null && key.home() == Key.Home.LANGUAGE ? "[python]\n" : "";
                assertAccepted(policies.problemsOf(section + row.getKey() + " = " + example));
            }
        }
    }

    @Test
    void everyWholeExampleIsAccepted() {
        WrittenPolicies policies = new WrittenPolicies(folder);
        List<String> blocks = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL)
                .matcher(PAGE)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).isNotEmpty();
        blocks.forEach(block -> assertAccepted(policies.problemsOf(block)));
    }

    /** Paths of examples exist nowhere; all else has to be right. */
    private static void assertAccepted(String problems) {
        assertThat(problems.lines().filter(line -> line.startsWith("error") && !line.contains("does not exist")))
                .isEmpty();
    }

    @Test
    void everyLayerAndGroupIsNamed() {
        for (String layer : Layer.labels()) {
            assertThat(PAGE).contains("`" + layer + "`");
        }
        Set<String> groups = new TreeSet<>(ROWS.keySet());
        groups.removeIf(word -> !word.startsWith("@"));
        assertThat(groups)
                .isEqualTo(
                        new TreeSet<>(WrittenPolicies.bundled().syscallGroups().groupNames()));
    }
}
