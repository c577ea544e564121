package io.reedact.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runtime's descriptor that can't be used; for its admin. */
public final class RuntimeFileException extends ProblemException {
    private static final long serialVersionUID = 1;

    /** With all that was found in one pass; at least one problem. */
    public RuntimeFileException(List<Problem> problems) {
        super(problems);
    }

    /** With one problem. */
    public RuntimeFileException(Problem problem) {
        this(problem, null);
    }

    /** With one problem and what the JVM said about it. */
    public RuntimeFileException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
