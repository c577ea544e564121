package io.reedact.policy;

/** What the filter does with a system call. The order is the wire's. */
public enum Action {
    /** The kernel runs it. */
    ALLOW,
    /** It fails, or with errno 0 succeeds without effect, and nobody is told. */
    REFUSE,
    /** It fails, and is a violation in the result. */
    REPORT,
    /** It is a violation, and the run ends. */
    END;

    /** The action's number on the wire. */
    public int code() {
        return ordinal();
    }
}
