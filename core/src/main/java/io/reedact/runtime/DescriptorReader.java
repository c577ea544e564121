package io.reedact.runtime;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RuntimeFileException;
import io.reedact.problem.SourceText;
import io.reedact.problem.Suggestions;
import io.reedact.unit.ByteSize;
import io.reedact.unit.Durations;
import io.reedact.value.ValueTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads a runtime's {@code runtime.toml}; everything wrong in it is told at once. For one file. */
final class DescriptorReader {
    /** All keys that a descriptor may have; the last three groups are for templates. */
    private static final Set<String> KEYS = Set.of(
            "name",
            "aliases",
            "extensions",
            "interpreter",
            "arguments",
            "version",
            "version.arguments",
            "version.pattern",
            "paths",
            "start",
            "start_limits",
            "start_limits.time",
            "start_limits.memory",
            "values",
            "values.big_integers",
            "values.exact_decimals",
            "values.lone_surrogates",
            "hole",
            "indentation",
            "lexical",
            "lexical.skip");

    private static final Pattern MEMORY = Pattern.compile("\\{memory:[1-9][0-9]?(:MiB)?}");

    private final SourceText source;
    private final TomlParseResult toml;
    private final List<Problem> problems = new ArrayList<>();

    private DescriptorReader(SourceText source) {
        this.source = source;
        this.toml = Toml.parse(source.text(), TomlParseOptions.sourceless());
    }

    /**
     * The descriptor in a folder.
     *
     * @throws RuntimeFileException if it can't be read or used
     */
    static Descriptor read(Path folder) {
        Path file = folder.resolve("runtime.toml");
        try {
            return new DescriptorReader(new SourceText(file.toString(), Files.readString(file))).descriptor(folder);
        } catch (IOException e) {
            throw new RuntimeFileException(
                    Problem.of(ProblemCode.RUNTIME_UNREADABLE, file + " can't be read: " + e.getMessage(), null));
        }
    }

    private Descriptor descriptor(Path folder) {
        for (TomlParseError error : toml.errors()) {
            add(ProblemCode.RUNTIME_SYNTAX, String.valueOf(error.getMessage()), error.position(), null);
        }
        checkKeys(toml, "");
        Descriptor descriptor = new Descriptor(
                required("name", "", text -> text),
                texts("aliases"),
                texts("extensions"),
                texts("interpreter").stream().map(Path::of).toList(),
                texts("arguments"),
                new Descriptor.VersionQuestion(
                        texts("version.arguments"), required("version.pattern", Pattern.compile(""), Pattern::compile)),
                texts("paths"),
                required("start", Start.COLD, DescriptorReader::start),
                required("start_limits.time", Duration.ofSeconds(10), Durations::parse),
                required("start_limits.memory", ByteSize.mebibytes(64), ByteSize::parse),
                new ValueTraits(
                        truth("values.big_integers"), truth("values.exact_decimals"), truth("values.lone_surrogates")),
                folder);
        checkPaths(descriptor);
        if (!problems.isEmpty()) {
            throw new RuntimeFileException(problems);
        }
        return descriptor;
    }

    private void checkKeys(TomlTable table, String prefix) {
        for (String key : table.keySet()) {
            String full = prefix + key;
            if (!KEYS.contains(full)) {
                String help = Suggestions.closest(full, KEYS)
                        .map(known -> "did you mean '" + known + "'?")
                        .orElse(null);
                add(
                        ProblemCode.RUNTIME_UNKNOWN_KEY,
                        "unknown key '" + full + "'",
                        table.inputPositionOf(List.of(key)),
                        help);
            } else if (table.get(List.of(key)) instanceof TomlTable inner) {
                checkKeys(inner, full + ".");
            }
        }
    }

    private void checkPaths(Descriptor descriptor) {
        for (Path candidate : descriptor.interpreters()) {
            if (!candidate.isAbsolute()) {
                bad("interpreter", "wants absolute paths, found " + candidate);
            }
        }
        for (String argument : descriptor.arguments()) {
            boolean hasHole = argument.contains("{") && !argument.contains("{prelude}");
            if (hasHole && !MEMORY.matcher(argument).find()) {
                bad(
                        "arguments",
                        "knows {prelude}, {memory:PERCENT} and {memory:PERCENT:MiB}, found \"" + argument + '"');
            }
        }
        for (String path : descriptor.paths()) {
            if (!path.equals("{libraries}") && !path.startsWith("/")) {
                bad("paths", "wants absolute paths or \"{libraries}\", found \"" + path + '"');
            }
        }
        if (descriptor.interpreters().isEmpty()) {
            add(ProblemCode.RUNTIME_MISSING_KEY, "'interpreter' is missing, or names none", null, null);
        }
    }

    private static Start start(String text) {
        for (Start start : Start.values()) {
            if (start.name().toLowerCase(Locale.ROOT).equals(text)) {
                return start;
            }
        }
        throw new IllegalArgumentException("wants cold, park or fork, found \"" + text + '"');
    }

    private <T> T required(String key, T otherwise, Function<String, T> read) {
        Object value = toml.get(key);
        if (value == null) {
            add(ProblemCode.RUNTIME_MISSING_KEY, "'" + key + "' is missing", null, null);
        } else if (value instanceof String text) {
            try {
                return read.apply(text);
            } catch (PatternSyntaxException e) {
                bad(key, "is no regular expression: " + e.getDescription());
            } catch (IllegalArgumentException e) {
                bad(key, String.valueOf(e.getMessage()));
            }
        } else {
            wrongType(key, "a text in quotes");
        }
        return otherwise;
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        Object value = toml.get(key);
        if (value == null) {
            return texts;
        }
        if (!(value instanceof TomlArray array)) {
            wrongType(key, "a list of texts");
            return texts;
        }
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof String text) {
                texts.add(text);
            } else {
                wrongType(key, "a list of texts");
            }
        }
        return texts;
    }

    private boolean truth(String key) {
        Object value = toml.get(key);
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value == null) {
            add(ProblemCode.RUNTIME_MISSING_KEY, "'" + key + "' is missing", null, null);
        } else {
            wrongType(key, "true or false");
        }
        return false;
    }

    private void wrongType(String key, String wanted) {
        add(ProblemCode.RUNTIME_WRONG_TYPE, "'" + key + "' wants " + wanted, toml.inputPositionOf(key), null);
    }

    private void bad(String key, String message) {
        add(ProblemCode.RUNTIME_BAD_VALUE, "'" + key + "' " + message, toml.inputPositionOf(key), null);
    }

    private void add(ProblemCode code, String message, @Nullable TomlPosition at, @Nullable String help) {
        var place = at == null ? io.reedact.problem.Location.of(source.name()) : source.at(at.line(), at.column());
        problems.add(new Problem(code, message, place, help));
    }
}
