package io.reedact.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An execution that was not let in: the queue is full, it waited too long, or all is closed; for the caller. */
public final class AdmissionException extends ProblemException {
    private static final long serialVersionUID = 1;

    /** With all that was found in one pass; at least one problem. */
    public AdmissionException(List<Problem> problems) {
        super(problems);
    }

    /** With one problem. */
    public AdmissionException(Problem problem) {
        this(problem, null);
    }

    /** With one problem and what the JVM said about it. */
    public AdmissionException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
