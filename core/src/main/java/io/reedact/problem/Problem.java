package io.reedact.problem;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, for a person to mend.
 *
 * @param code its entry in the catalogue
 * @param message what is wrong with what, in one line, lower case, without a full stop
 * @param location where it stands; null where it stands in no file
 * @param help what mends this very case, in one line; null where the catalogue's entry says it all
 */
public record Problem(
        ProblemCode code,
        String message,
        @Nullable Location location,
        @Nullable String help) {

    /** A problem that stands in no file. */
    public static Problem of(ProblemCode code, String message, @Nullable String help) {
        return new Problem(code, message, null, help);
    }

    /** The problem for a terminal, in several lines: code, message, place, source line, caret, help. Ends with a line end. */
    public String render() {
        return ProblemRenderer.render(this);
    }

    /** The problem in one line, for a log: place, message, code. */
    @Override
    public String toString() {
        String text = message + " [" + code.code() + "]";
        return location == null ? text : location + ": " + text;
    }
}
