package io.reedact.value;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;

/** A value that can't cross; the message names its place, such as {@code orders[3].total}. */
public final class UnsupportedValueException extends RequestException {
    private static final long serialVersionUID = 1;

    private final String path;

    UnsupportedValueException(ProblemCode code, String path, String message, String help) {
        super(Problem.of(code, path + ": " + message, help));
        this.path = path;
    }

    /** Where it stands, from the input's name on, or from the hole as its author wrote it. */
    public String path() {
        return path;
    }
}
