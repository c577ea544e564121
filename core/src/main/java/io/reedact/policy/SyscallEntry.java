package io.reedact.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A system call as syscalls.toml has it.
 *
 * @param group the one group that it stands in, with its @
 * @param reason why that group has it
 * @param branches what decides where the group is allowed; the last one always holds
 * @param denied what happens where the group is not allowed
 * @param detail for each argument from the first on, the table of its words, or "-"
 * @param rule what to name as the rule that denied it; null: the group
 * @param hint for whoever meets the denial; null: the group's
 */
record SyscallEntry(
        String name,
        String group,
        String reason,
        List<SyscallBranch> branches,
        SyscallBranch denied,
        List<String> detail,
        @Nullable String rule,
        @Nullable String hint) {

    /** The arguments that are worth reporting, as bits. */
    int detailBits() {
        int bits = 0;
        for (int i = 0; i < detail.size(); i++) {
            bits |= detail.get(i).equals("-") ? 0 : 1 << i;
        }
        return bits;
    }

    /** True if the call is allowed with all arguments where its group is. */
    boolean isPlain() {
        return branches.get(0).equals(SyscallBranch.ALLOW);
    }
}
