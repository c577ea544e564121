package io.reedact.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy file that can't be used; for its admin. */
public final class PolicyFileException extends ProblemException {
    private static final long serialVersionUID = 1;

    /** With all that was found in one pass; at least one problem. */
    public PolicyFileException(List<Problem> problems) {
        super(problems);
    }

    /** With one problem. */
    public PolicyFileException(Problem problem) {
        this(problem, null);
    }

    /** With one problem and what the JVM said about it. */
    public PolicyFileException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
