package io.reedact.policy;

import io.reedact.problem.Location;
import io.reedact.problem.SourceText;

/** Where something stands in a policy file. Cheap: the line is looked up only when somebody is shown it. */
record Place(SourceText source, int line, int column) {

    Location location() {
        return source.at(line, column);
    }

    /** What stands there, as it is written. */
    String word() {
        return source.word(line, column);
    }

    /** {@code file:line}. */
    @Override
    public String toString() {
        return source.name() + ":" + line;
    }
}
