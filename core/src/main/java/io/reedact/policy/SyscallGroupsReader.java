package io.reedact.policy;

import io.reedact.policy.toml.Node;
import io.reedact.policy.toml.Place;
import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.PolicyFileException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads syscalls.toml, whose head describes its form. The file belongs to the program: what is wrong in it is our fault. */
final class SyscallGroupsReader {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, SyscallGroup> groups = new LinkedHashMap<>();
    private final Map<String, SyscallEntry> calls = new LinkedHashMap<>();
    private final ArgumentNames names = new ArgumentNames();

    private SyscallGroupsReader() {}

    /**
     * The groups of a file.
     *
     * @throws PolicyFileException with everything that is wrong in it
     */
    static SyscallGroups read(Table file, List<Problem> grammar) {
        SyscallGroupsReader reader = new SyscallGroupsReader();
        reader.problems.addAll(grammar);
        reader.readNames(file);
        reader.readGroups(file);
        reader.checkReferences(file);
        if (!reader.problems.isEmpty()) {
            throw new PolicyFileException(reader.problems);
        }
        return new SyscallGroups(reader.groups, reader.calls, reader.names);
    }

    private void readNames(Table file) {
        for (Entry table : tables(file, "names")) {
            Map<String, Long> words = new LinkedHashMap<>();
            Long mask = null;
            boolean flags = false;
            for (Entry word : entriesOf(table)) {
                Object value = word.node().value();
                if (value instanceof Boolean set) {
                    flags = set;
                } else if (value instanceof Long number && word.key().equals("mask")) {
                    mask = number;
                } else if (value instanceof Long number) {
                    words.put(word.key(), number);
                } else {
                    add(word.place(), "'" + word.key() + "' wants a number");
                }
            }
            names.add(table.key(), mask, flags, words);
        }
    }

    private void readGroups(Table file) {
        for (Entry group : tables(file, "groups")) {
            String name = "@".concat(group.key()); // "+" would cost a fresh JVM milliseconds here, for the first time
            List<String> own = new ArrayList<>();
            SyscallBranch denied = SyscallBranch.DENIED;
            for (Entry entry : entriesOf(group)) {
                switch (entry.key()) {
                    case "about", "hint", "includes" -> {}
                    case "denied" -> denied = branch(entry.node());
                    default -> {
                        own.add(entry.key());
                        readCall(name, entry, denied);
                    }
                }
            }
            groups.put(
                    name,
                    new SyscallGroup(name, text(group, "about", ""), optional(group, "hint"), own, includes(group)));
        }
    }

    private void readCall(String group, Entry entry, SyscallBranch groupDenied) {
        Table details = entry.node().table();
        SyscallEntry call =
                details == null ? plain(group, entry, groupDenied) : detailed(group, entry, details, groupDenied);
        if (call.reason().isBlank()) {
            add(entry.place(), "'" + entry.key() + "' has no reason");
        }
        if (calls.put(call.name(), call) != null) {
            add(entry.place(), "'" + entry.key() + "' stands in two groups");
        }
    }

    private SyscallEntry plain(String group, Entry entry, SyscallBranch denied) {
        String reason = entry.node().text();
        List<SyscallBranch> allow = List.of(SyscallBranch.ALLOW);
        return new SyscallEntry(entry.key(), group, reason == null ? "" : reason, allow, denied, List.of(), null, null);
    }

    private SyscallEntry detailed(String group, Entry entry, Table details, SyscallBranch groupDenied) {
        Entry denied = details.find("denied");
        return new SyscallEntry(
                entry.key(),
                group,
                text(entry, "reason", ""),
                branches(entry, details),
                denied == null ? groupDenied : branch(denied.node()),
                detail(entry, details),
                optional(entry, "rule"),
                optional(entry, "hint"));
    }

    private List<SyscallBranch> branches(Entry call, Table details) {
        Entry rules = details.find("rules");
        if (rules == null) {
            return List.of(SyscallBranch.ALLOW);
        }
        List<SyscallBranch> branches = new ArrayList<>();
        for (Node rule : list(rules)) {
            branches.add(branch(rule));
        }
        if (branches.isEmpty() || !branches.get(branches.size() - 1).isUnconditional()) {
            add(call.place(), "the last rule of '" + call.key() + "' has to hold always");
        }
        return branches;
    }

    private List<String> detail(Entry call, Table details) {
        Entry detail = details.find("detail");
        List<String> kinds = new ArrayList<>();
        for (Node kind : detail == null ? List.<Node>of() : list(detail)) {
            String name = kind.text();
            if (name == null || !names.isTable(name) || kinds.size() == 6) {
                add(kind.place(), "'" + call.key() + "' wants tables of [names], \"number\" or \"-\" in detail");
            } else {
                kinds.add(name);
            }
        }
        return kinds;
    }

    private SyscallBranch branch(Node rule) {
        String text = rule.text();
        try {
            if (text != null) {
                return SyscallRuleParser.parse(text, names);
            }
            add(rule.place(), "a rule is a text");
        } catch (IllegalArgumentException e) {
            add(rule.place(), "not a rule: " + e.getMessage());
        }
        return SyscallBranch.DENIED;
    }

    private List<String> includes(Entry group) {
        Table table = group.node().table();
        Entry includes = table == null ? null : table.find("includes");
        List<String> included = new ArrayList<>();
        for (Node node : includes == null ? List.<Node>of() : list(includes)) {
            String name = node.text();
            included.add(name == null ? "" : name);
        }
        return included;
    }

    /** Groups and calls may be used before they stand in the file, so this comes last. */
    private void checkReferences(Table file) {
        for (SyscallGroup group : groups.values()) {
            for (String name : group.includes()) {
                if (!groups.containsKey(name) && !calls.containsKey(name)) {
                    add(placeOf(file), group.name() + " includes '" + name + "', which is unknown");
                }
            }
        }
        for (SyscallEntry call : calls.values()) {
            for (SyscallBranch branch : call.branches()) {
                if (branch.withoutGroup() != null && !groups.containsKey(branch.withoutGroup())) {
                    add(placeOf(file), "'" + call.name() + "' names the unknown group " + branch.withoutGroup());
                }
            }
        }
        for (String needed : List.of(SyscallGroups.START, SyscallGroups.NEVER)) {
            if (!groups.containsKey(needed)) {
                add(placeOf(file), "the group " + needed + " is missing");
            }
        }
    }

    private static Place placeOf(Table file) {
        for (Entry entry : file.entries()) {
            return entry.place();
        }
        return new Place(new SourceText("syscalls.toml", ""), 1, 1);
    }

    private Iterable<Entry> tables(Table file, String name) {
        Entry entry = file.find(name);
        Table table = entry == null ? null : entry.node().table();
        return table == null ? List.of() : table.entries();
    }

    private Iterable<Entry> entriesOf(Entry entry) {
        Table table = entry.node().table();
        if (table == null) {
            add(entry.place(), "'" + entry.key() + "' has to be a section");
        }
        return table == null ? List.of() : table.entries();
    }

    private List<Node> list(Entry entry) {
        List<Node> list = entry.node().list();
        if (list == null) {
            add(entry.place(), "'" + entry.key() + "' has to be a list");
        }
        return list == null ? List.of() : list;
    }

    private String text(Entry entry, String key, String otherwise) {
        String text = optional(entry, key);
        return text == null ? otherwise : text;
    }

    private static @Nullable String optional(Entry entry, String key) {
        Table table = entry.node().table();
        Entry found = table == null ? null : table.find(key);
        return found == null ? null : found.node().text();
    }

    private void add(Place place, String message) {
        problems.add(new Problem(ProblemCode.BAD_CALL_GROUPS, message, place.location(), null));
    }
}
