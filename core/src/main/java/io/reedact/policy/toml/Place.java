package io.reedact.policy.toml;

import io.reedact.problem.Location;
import io.reedact.problem.SourceText;

/**
 * Where something stands in a file. Cheap: the line is looked up only when somebody is shown it.
 *
 * @param source the file
 * @param line from 1
 * @param column from 1, in characters
 */
public record Place(SourceText source, int line, int column) {

    /** The place for a problem, with the line that it is in. */
    public Location location() {
        return source.at(line, column);
    }

    /** What stands there, as it is written. */
    public String word() {
        return source.word(line, column);
    }

    /** {@code file:line}. */
    @Override
    public String toString() {
        return source.name() + ":" + line;
    }
}
