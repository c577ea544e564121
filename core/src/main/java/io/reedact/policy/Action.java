package io.reedact.policy;

/** What the filter does with a system call. */
public enum Action {
    /** The kernel runs it. */
    ALLOW(0),
    /** It fails, or with errno 0 succeeds without effect, and nobody is told. */
    REFUSE(1),
    /** It fails, and is a violation in the result. */
    REPORT(2),
    /** It is a violation, and the run ends. */
    END(3);

    private final int code;

    Action(int code) {
        this.code = code;
    }

    /** The action's number on the wire. */
    public int code() {
        return code;
    }
}
