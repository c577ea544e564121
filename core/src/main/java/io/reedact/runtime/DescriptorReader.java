package io.reedact.runtime;

import io.reedact.policy.toml.Node;
import io.reedact.policy.toml.Place;
import io.reedact.policy.toml.PreparedFiles;
import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.TomlReader;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RuntimeFileException;
import io.reedact.problem.SourceText;
import io.reedact.problem.Suggestions;
import io.reedact.unit.ByteSize;
import io.reedact.unit.Durations;
import io.reedact.value.ValueTraits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            "late_paths",
            "start",
            "start_limits",
            "start_limits.time",
            "start_limits.memory",
            "heap_exhausted",
            "values",
            "values.big_integers",
            "values.exact_decimals",
            "values.lone_surrogates",
            "hole",
            "indentation",
            "lexical",
            "lexical.skip");

    private static final Set<String> SKIP_KEYS = Set.of("open", "close", "escape", "one_line");

    private static final String FILE = "runtime.toml";
    private static final Pattern MEMORY = Pattern.compile("\\{memory:[1-9][0-9]?(:MiB)?}");

    private static final TomlReader.Grammar GRAMMAR =
            new TomlReader.Grammar(ProblemCode.RUNTIME_SYNTAX, ProblemCode.RUNTIME_SYNTAX);

    private final SourceText source;
    private final Table file;
    private final List<Problem> problems;

    private DescriptorReader(Path path, byte[] bytes) throws IOException {
        source = new SourceText(path.toString(), new String(bytes, StandardCharsets.UTF_8));
        if (source.text().indexOf('\uFFFD') >= 0) {
            throw new IOException("it is not UTF-8");
        }
        problems = new ArrayList<>();
        Table prepared = PreparedFiles.of(path.getParent()).find(FILE, bytes, source);
        file = prepared == null ? TomlReader.read(source, GRAMMAR, problems) : prepared;
    }

    /** Of a table inside a file, whose problems are told with the others. */
    private DescriptorReader(DescriptorReader whole, Table part) {
        source = whole.source;
        problems = whole.problems;
        file = part;
    }

    /**
     * The descriptor in a folder.
     *
     * @throws RuntimeFileException if it can't be read or used
     */
    static Descriptor read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return new DescriptorReader(file, Files.readAllBytes(file)).descriptor(folder);
        } catch (IOException e) {
            throw new RuntimeFileException(
                    Problem.of(ProblemCode.RUNTIME_UNREADABLE, file + " can't be read: " + e.getMessage(), null));
        }
    }

    private Descriptor descriptor(Path folder) {
        checkKeys(file, "", KEYS);
        Descriptor descriptor = new Descriptor(
                required("name", "", text -> text),
                texts("aliases"),
                texts("extensions"),
                texts("interpreter").stream().map(Path::of).toList(),
                texts("arguments"),
                new Descriptor.VersionQuestion(
                        texts("version.arguments"), required("version.pattern", Pattern.compile(""), Pattern::compile)),
                texts("paths"),
                texts("late_paths"),
                required("start", Start.COLD, DescriptorReader::start),
                required("start_limits.time", Duration.ofSeconds(10), Durations::parse),
                required("start_limits.memory", ByteSize.mebibytes(64), ByteSize::parse),
                find("heap_exhausted") == null
                        ? null
                        : required("heap_exhausted", Pattern.compile(""), Pattern::compile),
                find("indentation") != null && required("indentation", false, DescriptorReader::isSignificant),
                lexical(),
                new ValueTraits(
                        truth("values.big_integers"), truth("values.exact_decimals"), truth("values.lone_surrogates")),
                folder);
        checkPaths(descriptor);
        if (!problems.isEmpty()) {
            throw new RuntimeFileException(problems);
        }
        return descriptor;
    }

    /** What templates need; null without the section, and then the runtime has no holes. */
    private Descriptor.@Nullable Lexical lexical() {
        return find("lexical") == null
                ? null
                : new Descriptor.Lexical(required("hole", "", DescriptorReader::hole), skips());
    }

    private static String hole(String text) {
        if (!text.contains("{name}")) {
            throw new IllegalArgumentException("wants {name} in it, found \"" + text + '"');
        }
        return text;
    }

    private static boolean isSignificant(String text) {
        if (!text.equals("significant") && !text.equals("free")) {
            throw new IllegalArgumentException("wants significant or free, found \"" + text + '"');
        }
        return text.equals("significant");
    }

    private List<Skip> skips() {
        String wanted = "a list of { open = …, close = … }";
        List<Skip> skips = new ArrayList<>();
        if (find("lexical.skip") == null) {
            missing("lexical.skip");
        }
        for (Node node : nodes("lexical.skip", wanted)) {
            Table table = node.table();
            if (table == null) {
                wrongType("lexical.skip", node.place(), wanted);
            } else {
                skips.add(new DescriptorReader(this, table).skip());
            }
        }
        return List.copyOf(skips);
    }

    private Skip skip() {
        checkKeys(file, "", SKIP_KEYS);
        Pattern any = Pattern.compile("(.)");
        Pattern open = required("open", any, Pattern::compile);
        String escape = find("escape") == null ? null : required("escape", "", text -> text);
        boolean oneLine = find("one_line") != null && truth("one_line");
        return required("close", new Skip(any, "", null, false), close -> new Skip(open, close, escape, oneLine));
    }

    private void checkKeys(Table table, String prefix, Set<String> known) {
        for (Table.Entry entry : table.entries()) {
            String full = prefix + entry.key();
            Table inner = entry.node().table();
            if (!known.contains(full)) {
                String help = Suggestions.didYouMean(full, known);
                add(ProblemCode.RUNTIME_UNKNOWN_KEY, "unknown key '" + full + "'", entry.place(), help);
            } else if (inner != null) {
                checkKeys(inner, full + ".", known);
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
        for (String path : descriptor.latePaths()) {
            if (!path.startsWith("/")) {
                bad("late_paths", "wants absolute paths, found \"" + path + '"');
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
        Table.Entry entry = find(key);
        String text = entry == null ? null : entry.node().text();
        if (entry == null) {
            missing(key);
        } else if (text == null) {
            wrongType(key, entry.place(), "a text in quotes");
        } else {
            try {
                return read.apply(text);
            } catch (PatternSyntaxException e) {
                bad(key, "is no regular expression: " + e.getDescription());
            } catch (IllegalArgumentException e) {
                bad(key, String.valueOf(e.getMessage()));
            }
        }
        return otherwise;
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node node : nodes(key, "a list of texts")) {
            String text = node.text();
            if (text == null) {
                wrongType(key, node.place(), "a list of texts");
            } else {
                texts.add(text);
            }
        }
        return texts;
    }

    private List<Node> nodes(String key, String wanted) {
        Table.Entry entry = find(key);
        List<Node> nodes = entry == null ? null : entry.node().list();
        if (entry != null && nodes == null) {
            wrongType(key, entry.place(), wanted);
        }
        return nodes == null ? List.of() : nodes;
    }

    private boolean truth(String key) {
        Table.Entry entry = find(key);
        if (entry == null) {
            missing(key);
        } else if (entry.node().value() instanceof Boolean truth) {
            return truth;
        } else {
            wrongType(key, entry.place(), "true or false");
        }
        return false;
    }

    /** The entry of a key, which a dot may part into a section's name and the key in it. */
    private Table.@Nullable Entry find(String key) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            return file.find(key);
        }
        Table.Entry section = file.find(key.substring(0, dot));
        Table inner = section == null ? null : section.node().table();
        return inner == null ? null : inner.find(key.substring(dot + 1));
    }

    private void missing(String key) {
        add(ProblemCode.RUNTIME_MISSING_KEY, "'" + key + "' is missing", null, null);
    }

    private void wrongType(String key, Place place, String wanted) {
        add(ProblemCode.RUNTIME_WRONG_TYPE, "'" + key + "' wants " + wanted, place, null);
    }

    private void bad(String key, String message) {
        Table.Entry entry = find(key);
        add(ProblemCode.RUNTIME_BAD_VALUE, "'" + key + "' " + message, entry == null ? null : entry.place(), null);
    }

    private void add(ProblemCode code, String message, @Nullable Place place, @Nullable String help) {
        Location location = place == null ? Location.of(source.name()) : place.location();
        problems.add(new Problem(code, message, location, help));
    }
}
