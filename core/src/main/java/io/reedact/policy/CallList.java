package io.reedact.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What allowed_syscalls lists.
 *
 * @param groups names with @, as written
 * @param calls single calls, each with the reason why the policy allows it
 */
record CallList(Set<String> groups, Map<String, String> calls) {
    /** Groups only. */
    static CallList of(String... groups) {
        return new CallList(new LinkedHashSet<>(List.of(groups)), Map.of());
    }

    /** As policies write it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (String group : groups) {
            text.append(text.length() == 1 ? "" : ", ").append(group);
        }
        for (String call : calls.keySet()) {
            text.append(text.length() == 1 ? "" : ", ").append(call);
        }
        return text.append(']').toString();
    }
}
