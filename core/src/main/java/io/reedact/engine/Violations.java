package io.reedact.engine;

import io.reedact.execution.Violation;
import io.reedact.policy.Denial;
import io.reedact.policy.Rules;
import io.reedact.wire.OutcomeFacts;

/** Denied calls in words. */
final class Violations {
    private Violations() {}

    static Violation tell(OutcomeFacts.Denied denied, Rules rules) {
        if (denied.foreignAbi()) {
            return new Violation(
                    "abi",
                    denied.name(),
                    "",
                    denied.count(),
                    "foreign ABIs are never allowed",
                    "use the host's own 64-bit system calls");
        }
        long[] arguments =
                denied.arguments().stream().mapToLong(Long::longValue).toArray();
        Denial denial = rules.denial(denied.name(), denied.detail(), arguments);
        return new Violation("syscall", denied.name(), denial.detail(), denied.count(), denial.rule(), denial.hint());
    }
}
