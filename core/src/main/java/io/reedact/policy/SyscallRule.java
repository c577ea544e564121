package io.reedact.policy;

import java.util.List;

/**
 * A rule of the system call filter. Of the rules of a call the first whose conditions all hold decides; a call without one
 * fails with ENOSYS, unreported.
 *
 * @param call name as in syscalls(2)
 * @param action what happens
 * @param errno Linux error number for REFUSE, REPORT and END; 0 with REFUSE: success without effect
 * @param detail bit n: argument n is a number worth reporting, never a pointer
 * @param conditions at most 6; none: always
 */
public record SyscallRule(String call, Action action, int errno, int detail, List<Condition> conditions) {
    public SyscallRule {
        conditions = List.copyOf(conditions);
        if (conditions.size() > 6 || errno < 0 || errno > 4095 || detail < 0 || detail > 63) {
            throw new IllegalArgumentException("not a rule of the filter: " + call);
        }
    }

    /** True if the rule decides about a call with these arguments, unless an earlier one does. */
    public boolean holds(long... arguments) {
        for (Condition condition : conditions) {
            if (!condition.holds(arguments)) {
                return false;
            }
        }
        return true;
    }
}
