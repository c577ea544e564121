package io.reedact.engine;

import io.reedact.wire.Refusal;

/** The jailer refused an execution; carried from the conversation to where it is told to the caller. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;
    private final String stderr;

    RefusedException(Refusal refusal, String stderr) {
        super(refusal.step());
        this.refusal = refusal;
        this.stderr = stderr;
    }

    Refusal refusal() {
        return refusal;
    }

    /** What the interpreter said before it died. */
    String stderr() {
        return stderr;
    }
}
