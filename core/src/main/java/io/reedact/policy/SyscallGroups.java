package io.reedact.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The groups of system calls of {@code policies/syscalls.toml}, and the rules of the filter that come out of a policy's
 * choice among them. Immutable after it is read.
 */
public final class SyscallGroups {
    static final String START = "@start";
    static final String NEVER = "@never";

    private final Map<String, SyscallGroup> groups;
    private final Map<String, SyscallEntry> calls;
    private final ArgumentNames names;

    /** Takes the maps over; nobody changes them any more. */
    SyscallGroups(Map<String, SyscallGroup> groups, Map<String, SyscallEntry> calls, ArgumentNames names) {
        this.groups = groups;
        this.calls = calls;
        this.names = names;
    }

    /** The names of all groups that a policy can allow, with their @. */
    public Set<String> groupNames() {
        Set<String> allowable = new LinkedHashSet<>(groups.keySet());
        allowable.remove(NEVER);
        return allowable;
    }

    /** The names of all calls that stand in a group. */
    public Set<String> callNames() {
        return Collections.unmodifiableSet(calls.keySet());
    }

    /** What a group is for; empty if there is no such group. */
    public String about(String group) {
        SyscallGroup found = groups.get(group);
        return found == null ? "" : found.about();
    }

    /** Why a call stands in its group; empty if it stands in none. */
    public String reason(String call) {
        SyscallEntry found = calls.get(call);
        return found == null ? "" : found.reason();
    }

    /** All calls that groups mean, those of included groups too. Unknown groups mean none. */
    public Set<String> members(Collection<String> groupNames) {
        Set<String> members = new HashSet<>();
        for (String name : withIncluded(groupNames)) {
            SyscallGroup group = groups.get(name);
            if (group == null) {
                continue;
            }
            members.addAll(group.calls());
            for (String included : group.includes()) {
                if (!included.startsWith("@")) {
                    members.add(included);
                }
            }
        }
        return members;
    }

    /** Groups with the groups that they include. */
    private Set<String> withIncluded(Collection<String> groupNames) {
        Set<String> all = new LinkedHashSet<>(groupNames);
        List<String> open = new ArrayList<>(groupNames);
        while (!open.isEmpty()) {
            SyscallGroup group = groups.get(open.remove(open.size() - 1));
            for (String included : group == null ? List.<String>of() : group.includes()) {
                if (included.startsWith("@") && all.add(included)) {
                    open.add(included);
                }
            }
        }
        return all;
    }

    @Nullable
    SyscallEntry find(String call) {
        return calls.get(call);
    }

    @Nullable
    SyscallGroup findGroup(String group) {
        return groups.get(group);
    }

    /**
     * The rules of the filter, in an order in which the first of a call decides. Every known call has at least one.
     *
     * @param allowed what the policy allows; {@code @start} is allowed in any case
     * @param fatal groups whose reported denials end the run
     */
    List<SyscallRule> compile(CallList allowed, Set<String> fatal) {
        Set<String> allowedGroups = withIncluded(allowed.groups());
        allowedGroups.add(START);
        Set<String> allowedCalls = members(allowedGroups);
        Set<String> fatalCalls = members(fatal);
        List<SyscallRule> rules = new ArrayList<>(calls.size() + calls.size() / 4);
        for (SyscallEntry call : calls.values()) {
            if (allowed.calls().containsKey(call.name())) {
                addBranch(rules, call, SyscallBranch.ALLOW, false);
            } else if (allowedCalls.contains(call.name())) {
                addBranches(rules, call, allowedGroups, fatalCalls.contains(call.name()));
            } else {
                addBranch(rules, call, call.denied(), fatalCalls.contains(call.name()));
            }
        }
        return Collections.unmodifiableList(rules);
    }

    private static void addBranches(List<SyscallRule> rules, SyscallEntry call, Set<String> groups, boolean fatal) {
        for (SyscallBranch branch : call.branches()) {
            if (branch.withoutGroup() == null || !groups.contains(branch.withoutGroup())) {
                addBranch(rules, call, branch, fatal);
            }
        }
    }

    private static void addBranch(List<SyscallRule> rules, SyscallEntry call, SyscallBranch branch, boolean fatal) {
        boolean reported = branch.action() == Action.REPORT;
        Action action = reported && fatal ? Action.END : branch.action();
        for (List<Condition> conditions : branch.alternatives()) {
            rules.add(
                    new SyscallRule(call.name(), action, branch.errno(), reported ? call.detailBits() : 0, conditions));
        }
    }

    /** True if a policy's list allows something that the inherited one does not. */
    boolean allowsMore(CallList mine, CallList inherited) {
        Set<String> inheritedGroups = withIncluded(inherited.groups());
        inheritedGroups.add(START);
        Set<String> inheritedCalls = members(inheritedGroups);
        for (String group : withIncluded(mine.groups())) {
            if (!inheritedGroups.contains(group) && !areIncluded(group, inheritedGroups)) {
                return true;
            }
        }
        for (String call : mine.calls().keySet()) {
            SyscallEntry entry = calls.get(call);
            boolean plain = entry != null && entry.isPlain() && inheritedCalls.contains(call);
            if (!plain && !inherited.calls().containsKey(call)) {
                return true;
            }
        }
        return false;
    }

    /** A group without calls of its own means only what it includes. */
    private boolean areIncluded(String group, Set<String> inheritedGroups) {
        SyscallGroup found = groups.get(group);
        return found != null && found.calls().isEmpty() && inheritedGroups.containsAll(found.includes());
    }

    /** What a denied call was about; calls that stand in no group have no detail. */
    Denial denial(String call, int detail, long[] arguments, CallList allowed) {
        SyscallEntry entry = calls.get(call);
        if (entry == null) {
            return new Denial(
                    "", "allowed_syscalls", "only calls of the groups in policies/syscalls.toml can be allowed");
        }
        Set<String> allowedGroups = withIncluded(allowed.groups());
        allowedGroups.add(START);
        String missing = members(allowedGroups).contains(call)
                ? groupNotAllowed(entry, arguments, allowedGroups)
                : entry.group();
        return new Denial(detail(entry, detail, arguments), ruleOf(entry, missing), hintOf(entry, missing));
    }

    /** The group without which a rule of a call denied these arguments; null if it was another rule. */
    private static @Nullable String groupNotAllowed(SyscallEntry entry, long[] arguments, Set<String> allowedGroups) {
        for (SyscallBranch branch : entry.branches()) {
            String group = branch.withoutGroup();
            if (group != null && !allowedGroups.contains(group) && branch.holds(arguments)) {
                return group;
            }
        }
        return null;
    }

    private String detail(SyscallEntry entry, int bits, long[] arguments) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(entry.detail().size(), arguments.length); i++) {
            String word =
                    (bits >> i & 1) == 0 ? "" : names.describe(entry.detail().get(i), arguments[i]);
            words.append(words.length() == 0 || word.isEmpty() ? "" : " ").append(word);
        }
        return words.toString();
    }

    private static String ruleOf(SyscallEntry entry, @Nullable String missing) {
        if (missing != null) {
            return "allowed_syscalls without " + missing;
        }
        return entry.rule() == null ? "allowed_syscalls: " + entry.group() + " has conditions" : entry.rule();
    }

    private String hintOf(SyscallEntry entry, @Nullable String missing) {
        SyscallGroup group = groups.get(missing == null ? entry.group() : missing);
        String hint = entry.hint() != null || group == null ? entry.hint() : group.hint();
        return hint == null ? "an admin can allow it with a reason, in allowed_syscalls" : hint;
    }
}
