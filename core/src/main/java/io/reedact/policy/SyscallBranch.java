package io.reedact.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a call as syscalls.toml has it.
 *
 * @param withoutGroup the rule counts only in policies that do not allow this group; null: in all
 * @param alternatives lists of conditions; the rule holds where all of one list hold. An empty list always holds
 */
record SyscallBranch(Action action, int errno, @Nullable String withoutGroup, List<List<Condition>> alternatives) {
    private static final int EPERM = 1;

    static final SyscallBranch ALLOW = always(Action.ALLOW, 0);
    static final SyscallBranch DENIED = always(Action.REPORT, EPERM);

    private static SyscallBranch always(Action action, int errno) {
        return new SyscallBranch(action, errno, null, List.of(List.of()));
    }

    /** True if the rule always holds, in every policy. */
    boolean isUnconditional() {
        return withoutGroup == null && alternatives.get(0).isEmpty();
    }

    /** True if the rule holds for these arguments, whatever the policy. */
    boolean holds(long[] arguments) {
        for (List<Condition> conditions : alternatives) {
            boolean holds = true;
            for (Condition condition : conditions) {
                holds &= condition.holds(arguments);
            }
            if (holds) {
                return true;
            }
        }
        return false;
    }
}
