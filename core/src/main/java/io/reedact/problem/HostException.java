package io.reedact.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** This host cannot isolate as the policy asks; for the host's admin. */
public final class HostException extends ProblemException {
    private static final long serialVersionUID = 1;

    /** With all that was found in one pass; at least one problem. */
    public HostException(List<Problem> problems) {
        super(problems);
    }

    /** With one problem. */
    public HostException(Problem problem) {
        this(problem, null);
    }

    /** With one problem and what the JVM said about it. */
    public HostException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
