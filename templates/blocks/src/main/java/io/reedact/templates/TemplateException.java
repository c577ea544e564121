package io.reedact.templates;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template that can't be rendered as it is; for its author. */
public final class TemplateException extends ProblemException {
    private static final long serialVersionUID = 1;

    /** With all that was found in one pass; at least one problem. */
    public TemplateException(List<Problem> problems) {
        super(problems);
    }

    /** With one problem. */
    public TemplateException(Problem problem) {
        this(problem, null);
    }

    /** With one problem and what the JVM said about it. */
    public TemplateException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
