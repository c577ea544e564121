package io.reedact.cli;

import org.jspecify.annotations.Nullable;

/**
 * One finding of {@code reedact doctor}.
 *
 * @param name what was looked at
 * @param verdict how it is
 * @param found what was found, in a few words
 * @param mend what mends it, a command where there is one; null where nothing has to be
 */
record HostCheck(
        String name,
        Verdict verdict,
        String found,
        @Nullable String mend) {

    /** Whether executions suffer. */
    enum Verdict {
        /** As it should be. */
        PASS("pass"),
        /** Executions run, with less than could be. */
        WARN("warn"),
        /** Executions are refused. */
        FAIL("fail");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static HostCheck pass(String name, String found) {
        return new HostCheck(name, Verdict.PASS, found, null);
    }

    static HostCheck warn(String name, String found, String mend) {
        return new HostCheck(name, Verdict.WARN, found, mend);
    }

    static HostCheck fail(String name, String found, @Nullable String mend) {
        return new HostCheck(name, Verdict.FAIL, found, mend);
    }
}
