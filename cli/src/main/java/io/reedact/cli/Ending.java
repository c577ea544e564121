package io.reedact.cli;

import io.reedact.execution.Outcome;

/** The kinds of outcomes, with the words and exit statuses that scripts rely on. */
enum Ending {
    COMPLETED("completed", 0),
    FAILED("failed", 1),
    LIMIT_EXCEEDED("limit-exceeded", 3),
    VIOLATED("violated", 4),
    /** As shells count it: 128 and the number of the signal that asked for it. */
    CANCELLED("cancelled", 130);

    private final String word;
    private final int exitStatus;

    Ending(String word, int exitStatus) {
        this.word = word;
        this.exitStatus = exitStatus;
    }

    /**
     * The kind of an outcome. No pattern switch, which would be shorter: the first one in a JVM makes a class at run time,
     * and no cache can hold that. A test holds that no kind is forgotten.
     */
    static Ending of(Outcome outcome) {
        if (outcome instanceof Outcome.Completed) {
            return COMPLETED;
        }
        if (outcome instanceof Outcome.Failed) {
            return FAILED;
        }
        if (outcome instanceof Outcome.LimitExceeded) {
            return LIMIT_EXCEEDED;
        }
        if (outcome instanceof Outcome.Violated) {
            return VIOLATED;
        }
        if (outcome instanceof Outcome.Cancelled) {
            return CANCELLED;
        }
        throw new AssertionError("an outcome of a new kind: " + outcome);
    }

    /** The word in results. */
    String word() {
        return word;
    }

    /** The exit status of a command that ends so. */
    int exitStatus() {
        return exitStatus;
    }
}
