package io.reedact.policy;

import io.reedact.policy.toml.Node;
import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.Suggestions;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups of system calls, and single calls with a reason. */
final class CallListKind extends Kind<CallList> {
    private static final List<String> KEYS = List.of("call", "reason");
    private static final String EXAMPLE = "{ call = \"ptrace\", reason = \"debugger lessons\" }";

    @Override
    String wants() {
        return "a list such as [\"@default\", " + EXAMPLE + "]";
    }

    @Override
    @Nullable
    CallList read(Entry entry, Reading reading) {
        List<Node> nodes = entry.node().list();
        if (nodes == null) {
            addWrongType(entry, reading, null);
            return null;
        }
        Set<String> groups = new LinkedHashSet<>();
        Map<String, String> calls = new LinkedHashMap<>();
        boolean whole = true;
        for (Node node : nodes) {
            whole &= node.text() == null ? readCall(entry, node, calls, reading) : readGroup(node, groups, reading);
        }
        return whole ? new CallList(groups, calls) : null;
    }

    private static boolean readGroup(Node node, Set<String> groups, Reading reading) {
        String name = String.valueOf(node.text());
        if (name.startsWith("@")) {
            groups.add(name);
            return isGroup(name, node, reading);
        }
        if (isCall(name, node, reading)) {
            String help = "write { call = \"" + name + "\", reason = \"…\" }";
            reading.add(ProblemCode.CALL_WITHOUT_REASON, "'" + name + "' needs a reason", node.place(), help);
        }
        return false;
    }

    private boolean readCall(Entry entry, Node node, Map<String, String> calls, Reading reading) {
        Table table = node.table();
        if (table == null) {
            addWrongItem(entry, node, "a group or " + EXAMPLE, reading);
            return false;
        }
        boolean right = true;
        for (Entry unknown : table.entries()) {
            if (!KEYS.contains(unknown.key())) {
                String message = "unknown key '" + unknown.key() + "'";
                reading.add(ProblemCode.UNKNOWN_KEY, message, unknown.place(), Words.didYouMean(unknown.key(), KEYS));
                right = false;
            }
        }
        String call = text(table, "call");
        if (call == null) {
            addWrongItem(entry, node, "a group or " + EXAMPLE, reading);
            return false;
        }
        String reason = text(table, "reason");
        if (!isCall(call, nodeOf(table, "call", node), reading)) {
            return false;
        }
        if (reason == null || reason.isBlank()) {
            String help = "add reason = \"…\", for whoever reads this next";
            reading.add(ProblemCode.CALL_WITHOUT_REASON, "'" + call + "' needs a reason", node.place(), help);
            return false;
        }
        calls.put(call, reason);
        return right;
    }

    private static @Nullable String text(Table table, String key) {
        Entry entry = table.find(key);
        return entry == null ? null : entry.node().text();
    }

    private static Node nodeOf(Table table, String key, Node otherwise) {
        Entry entry = table.find(key);
        return entry == null ? otherwise : entry.node();
    }

    /** True if a group exists and may be named; else the problem is added. */
    static boolean isGroup(String name, Node node, Reading reading) {
        Set<String> known = reading.groups().groupNames();
        if (name.equals(SyscallGroups.NEVER)) {
            reading.add(ProblemCode.CALL_NEVER_ALLOWED, "no policy can name " + name, node.place(), null);
        } else if (!known.contains(name)) {
            String help = Words.didYouMean(name, known);
            reading.add(
                    ProblemCode.UNKNOWN_CALL_GROUP, "unknown group of system calls '" + name + "'", node.place(), help);
        }
        return known.contains(name);
    }

    private static boolean isCall(String name, Node node, Reading reading) {
        SyscallEntry call = reading.groups().find(name);
        if (call == null) {
            String help = help(name, reading.groups());
            reading.add(ProblemCode.UNKNOWN_CALL, "unknown system call '" + name + "'", node.place(), help);
            return false;
        }
        if (call.group().equals(SyscallGroups.NEVER)) {
            String message = "no policy can allow '" + name + "': " + call.reason();
            reading.add(ProblemCode.CALL_NEVER_ALLOWED, message, node.place(), null);
            return false;
        }
        return true;
    }

    private static @Nullable String help(String name, SyscallGroups groups) {
        if (groups.groupNames().contains("@" + name)) {
            return "groups begin with @: '@" + name + "'";
        }
        return Suggestions.didYouMean(name, groups.callNames());
    }

    @Override
    boolean allowsMore(CallList mine, CallList inherited, Reading reading) {
        return reading.groups().allowsMore(mine, inherited);
    }
}
