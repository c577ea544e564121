package io.reedact.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that can't be run: an unknown language, more than a ceiling, a value that can't cross; for the caller. */
public class RequestException extends ProblemException {
    private static final long serialVersionUID = 1;

    /** With all that was found in one pass; at least one problem. */
    public RequestException(List<Problem> problems) {
        super(problems);
    }

    /** With one problem. */
    public RequestException(Problem problem) {
        this(problem, null);
    }

    /** With one problem and what the JVM said about it. */
    public RequestException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
