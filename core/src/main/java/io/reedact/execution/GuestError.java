package io.reedact.execution;

import org.jspecify.annotations.Nullable;

/**
 * An error as the guest tells it. It is the guest's word: any text may be in it.
 *
 * @param type the language's name for it, for example {@code ZeroDivisionError}
 * @param message what it says
 * @param file where it came from, as the execution names its source; null if the guest did not say
 * @param line in that file, from 1; 0 if the guest did not say
 * @param trace the language's own trace without our frames; empty if there is none
 * @param hint ours: a way out where there is one to tell, else null
 */
public record GuestError(
        String type,
        String message,
        @Nullable String file,
        int line,
        String trace,
        @Nullable String hint) {

    /** The same with a way out. */
    public GuestError withHint(String wayOut) {
        return new GuestError(type, message, file, line, trace, wayOut);
    }
}
