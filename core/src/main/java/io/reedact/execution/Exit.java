package io.reedact.execution;

import org.jspecify.annotations.Nullable;

/**
 * How the guest's process ended, as the kernel says it.
 *
 * @param code 0–255; 0 where a signal ended it
 * @param signal for example {@code SIGSEGV}; null where it exited
 */
public record Exit(int code, @Nullable String signal) {
    /** Exited by itself with status 0. */
    public boolean isSuccess() {
        return code == 0 && signal == null;
    }
}
