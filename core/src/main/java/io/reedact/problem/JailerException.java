package io.reedact.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The jailer is gone, or the two programs did not understand each other; for us. */
public final class JailerException extends ProblemException {
    private static final long serialVersionUID = 1;

    /** With all that was found in one pass; at least one problem. */
    public JailerException(List<Problem> problems) {
        super(problems);
    }

    /** With one problem. */
    public JailerException(Problem problem) {
        this(problem, null);
    }

    /** With one problem and what the JVM said about it. */
    public JailerException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
