package io.reedact.policy;

import io.reedact.policy.Key.Home;
import io.reedact.policy.PolicyFile.Named;
import io.reedact.policy.PolicyFile.Section;
import io.reedact.policy.toml.Node;
import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.SourceText;
import io.reedact.problem.Suggestions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one policy file: keys, types and ranges. What it means beside the file that it extends is for others to say. */
final class PolicyFileReader {
    static final String EXTENDS = "extends";
    static final String WIDENS = "widens";
    static final String CEILING = "ceiling";

    private static final Set<Home> AT_TOP = EnumSet.of(Home.LIMIT, Home.PAGE_LIMIT, Home.RULE);
    private static final Set<Home> IN_LANGUAGE = EnumSet.of(Home.LIMIT, Home.RULE, Home.LANGUAGE);

    private final Reading reading;
    private final Map<String, Section> languages = new LinkedHashMap<>();
    private final List<Named> widens = new ArrayList<>();
    private @Nullable Named parent;

    private PolicyFileReader(Reading reading) {
        this.reading = reading;
    }

    /** What the file says. Everything wrong in it is added to the reading's problems. */
    static PolicyFile read(SourceText source, Table file, Reading reading) {
        PolicyFileReader reader = new PolicyFileReader(reading);
        Section top = reader.section(file, null);
        return new PolicyFile(source, reader.parent, reader.widens, top, reader.languages);
    }

    /** Reads the top level, or the section of a language. */
    private Section section(Table table, @Nullable String language) {
        Section section = new Section();
        for (Entry entry : table.entries()) {
            if (entry.key().equals(CEILING)) {
                readCeiling(
                        entry,
                        section,
                        language == null ? EnumSet.of(Home.LIMIT, Home.PAGE_LIMIT) : EnumSet.of(Home.LIMIT));
            } else if (language == null) {
                readAtTop(entry, section);
            } else {
                readInLanguage(entry, section, language);
            }
        }
        return section;
    }

    private void readAtTop(Entry entry, Section section) {
        Key<?> key = Keys.find(entry.key());
        if (entry.key().equals(EXTENDS)) {
            readExtends(entry);
        } else if (entry.key().equals(WIDENS)) {
            readWidens(entry);
        } else if (key != null && key.home() == Home.LANGUAGE) {
            String help = "put it into a language's section, such as [python]";
            addMisplaced(entry, " belongs to a language", help);
        } else if (key != null) {
            readValue(key, entry, section.values());
        } else if (reading.languages().contains(entry.key())) {
            readLanguage(entry);
        } else {
            addUnknownAtTop(entry);
        }
    }

    private void readInLanguage(Entry entry, Section section, String language) {
        Key<?> key = Keys.find(entry.key());
        if (entry.key().equals(EXTENDS) || entry.key().equals(WIDENS)) {
            addMisplaced(entry, " counts for the whole file", "put it at the top, before the first section");
        } else if (key != null && key.home() == Home.PAGE_LIMIT) {
            addMisplaced(entry, " counts for whole pages, which mix languages", "put it at the top");
        } else if (key != null) {
            readValue(key, entry, section.values());
        } else {
            List<String> known = Keys.names(IN_LANGUAGE);
            addUnknown(entry, " in [" + language + "]", known);
        }
    }

    private void readCeiling(Entry ceiling, Section section, Set<Home> homes) {
        Table table = ceiling.node().table();
        if (table == null) {
            addNoSection(ceiling, "the most that requests may ask for");
            return;
        }
        for (Entry entry : table.entries()) {
            Key<?> key = Keys.find(entry.key());
            if (key != null && homes.contains(key.home())) {
                readValue(key, entry, section.ceilings());
            } else if (key != null) {
                addMisplaced(entry, " can't be asked for by a request", "[ceiling] takes limits only");
            } else {
                addUnknown(entry, " in [ceiling]", Keys.names(homes));
            }
        }
    }

    private void readLanguage(Entry entry) {
        Table table = entry.node().table();
        if (table == null) {
            addNoSection(entry, "what counts for this language");
            return;
        }
        languages.put(entry.key(), section(table, entry.key()));
    }

    private <T> void readValue(Key<T> key, Entry entry, Settings settings) {
        T value = key.kind().read(entry, reading);
        if (value != null) {
            settings.put(new Setting<>(key, value, entry.place()));
        }
    }

    private void readExtends(Entry entry) {
        String text = entry.node().text();
        if (text == null || text.isBlank()) {
            addWrongType(entry, "the name of a policy such as \"default\"");
            return;
        }
        parent = new Named(text, entry.node().place());
    }

    private void readWidens(Entry entry) {
        List<Node> nodes = entry.node().list();
        if (nodes == null) {
            addWrongType(entry, "a list of keys such as [\"timeout\", \"ceiling.timeout\"]");
            return;
        }
        for (Node node : nodes) {
            String text = node.text();
            if (text == null) {
                addWrongType(new Entry(entry.key(), entry.place(), node), "names of keys in quotes");
            } else if (isWidenable(text)) {
                widens.add(new Named(text, node.place()));
            } else {
                String message = "widens names no key: '" + text + "'";
                reading.add(ProblemCode.BAD_WIDENS, message, node.place(), widensHelp(text));
            }
        }
    }

    /** A key, or one with its section: ceiling.timeout, python.memory_limit, python.ceiling.timeout. */
    private boolean isWidenable(String text) {
        String[] parts = text.split("\\.", -1);
        Key<?> key = Keys.find(parts[parts.length - 1]);
        int before = parts.length - 1;
        if (before > 0 && parts[before - 1].equals(CEILING)) {
            before--;
            key = key != null && key.isLimit() ? key : null;
        }
        return key != null
                && (before == 0 || (before == 1 && reading.languages().contains(parts[0])));
    }

    private static String widensHelp(String text) {
        int dot = text.lastIndexOf('.');
        String key = text.substring(dot + 1);
        String guess =
                Suggestions.closest(key, Keys.names(EnumSet.allOf(Home.class))).orElse(key);
        return guess.equals(key)
                ? "write a key as in timeout, python.timeout (for one language) or ceiling.timeout (limits only)"
                : "did you mean '" + text.substring(0, dot + 1) + guess + "'?";
    }

    private void addUnknownAtTop(Entry entry) {
        if (entry.node().table() == null) {
            List<String> known = new ArrayList<>(Keys.names(AT_TOP));
            known.addAll(List.of(EXTENDS, WIDENS));
            addUnknown(entry, "", known);
            return;
        }
        List<String> known = new ArrayList<>(reading.languages());
        known.add(CEILING);
        String message = "unknown section [" + entry.key() + "]";
        reading.add(ProblemCode.UNKNOWN_SECTION, message, entry.place(), Words.didYouMean(entry.key(), known));
    }

    private void addUnknown(Entry entry, String where, List<String> known) {
        String help = Suggestions.didYouMean(entry.key(), known);
        reading.add(ProblemCode.UNKNOWN_KEY, "unknown key '" + entry.key() + "'" + where, entry.place(), help);
    }

    private void addMisplaced(Entry entry, String why, String help) {
        reading.add(ProblemCode.MISPLACED_KEY, "'" + entry.key() + "'" + why, entry.place(), help);
    }

    private void addNoSection(Entry entry, String what) {
        addWrongType(entry, "a section with " + what);
    }

    private void addWrongType(Entry entry, String wants) {
        String message =
                entry.key() + " wants " + wants + ", found " + entry.node().description();
        reading.add(ProblemCode.WRONG_TYPE, message, entry.node().place(), null);
    }
}
