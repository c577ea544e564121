package io.reedact.policy.toml;

import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlKeyValue;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Turns the text of a TOML file into a {@link Table}, with the places of keys and values, and what is wrong in it. */
public final class TomlReader {
    private final SourceText source;
    private final Grammar grammar;

    private TomlReader(SourceText source, Grammar grammar) {
        this.source = source;
        this.grammar = grammar;
    }

    /**
     * The codes of what can be wrong with any TOML file of a kind.
     *
     * @param syntax for what breaks the grammar
     * @param duplicate for a key that is given twice
     */
    public record Grammar(ProblemCode syntax, ProblemCode duplicate) {}

    /** What could be read. All that breaks the grammar, and every key that is given twice, is added to the problems. */
    public static Table read(SourceText source, Grammar grammar, List<Problem> problems) {
        // Comments and layout are not looked at; to leave them out makes it faster.
        TomlParseResult parsed = Toml.parse(source.text(), TomlParseOptions.sourceless());
        TomlReader reader = new TomlReader(source, grammar);
        for (TomlParseError error : parsed.errors()) {
            problems.add(reader.problem(error));
        }
        return reader.table(parsed);
    }

    private Problem problem(TomlParseError error) {
        Place place = place(error.position());
        String message = lowerFirst(String.valueOf(error.getMessage()));
        int twice = message.indexOf(" previously defined at ");
        if (twice > 0) {
            String first = message.substring(twice + " previously defined at ".length());
            String text = "'" + message.substring(0, twice) + "' is given twice";
            return new Problem(grammar.duplicate(), text, place.location(), "it stands at " + first + " already");
        }
        return new Problem(grammar.syntax(), message, place.location(), help(message));
    }

    private static @Nullable String help(String message) {
        return message.endsWith("expected a value") ? "texts, sizes and durations stand in quotes: \"64MiB\"" : null;
    }

    private static String lowerFirst(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private Table table(TomlTable parsed) {
        Table table = new Table();
        for (String key : parsed.keySet()) {
            List<String> path = List.of(key);
            Place place = place(parsed.inputPositionOf(path));
            TomlKeyValue entry = parsed.entry(path);
            TomlPosition at = entry == null ? null : entry.value().position();
            Object value = parsed.get(path);
            if (value != null) {
                table.add(new Entry(key, place, node(value, at == null ? place : place(at))));
            }
        }
        return table;
    }

    private Node node(Object value, Place place) {
        if (value instanceof TomlTable inner) {
            return new Node(table(inner), place);
        }
        if (value instanceof TomlArray array) {
            List<Node> nodes = new ArrayList<>(array.size());
            for (int i = 0; i < array.size(); i++) {
                nodes.add(node(array.get(i), place(array.inputPositionOf(i))));
            }
            return new Node(nodes, place);
        }
        return new Node(value, place);
    }

    private Place place(@Nullable TomlPosition position) {
        return position == null ? new Place(source, 1, 1) : new Place(source, position.line(), position.column());
    }
}
