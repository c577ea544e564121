package io.reedact.policy;

import java.util.Arrays;
import java.util.List;

/** What the jailer's filter does with rules, in a few lines: the first rule of a call that holds decides. */
record Filter(List<SyscallRule> rules) {
    static final int ENOSYS = 38;

    /** {@code ALLOW}, {@code REFUSE 38}, {@code REPORT 1}, … for a call with these arguments; missing ones are 0. */
    String verdict(String call, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        for (SyscallRule rule : rules) {
            if (rule.call().equals(call) && rule.holds(six)) {
                return rule.action() == Action.ALLOW ? "ALLOW" : rule.action() + " " + rule.errno();
            }
        }
        return "REFUSE " + ENOSYS;
    }
}
