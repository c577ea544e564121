package io.reedact.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value in a TOML file.
 *
 * @param value a String, Long, Double, Boolean, a list of nodes, a {@link Table}, or a date of java.time, which no key
 *     takes
 * @param place where it begins
 */
record Node(Object value, Place place) {

    @Nullable
    String text() {
        return value instanceof String text ? text : null;
    }

    @SuppressWarnings("unchecked") // no other lists are made
    @Nullable
    List<Node> list() {
        return value instanceof List ? (List<Node>) value : null;
    }

    @Nullable
    Table table() {
        return value instanceof Table table ? table : null;
    }

    /** What it is, for messages. */
    String description() {
        if (value instanceof String) {
            return "the text " + place.word();
        }
        if (value instanceof Number) {
            return "the number " + place.word();
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        return value instanceof List ? "a list" : value instanceof Table ? "a section" : "a date or time";
    }
}
