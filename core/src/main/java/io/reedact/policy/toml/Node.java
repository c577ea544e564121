package io.reedact.policy.toml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value in a TOML file.
 *
 * @param value a String, Long, Double, Boolean, a list of nodes, a {@link Table}, or a date of java.time, which no key
 *     takes
 * @param place where it begins
 */
public record Node(Object value, Place place) {

    /** The text that it is; null if it is none. */
    public @Nullable String text() {
        return value instanceof String text ? text : null;
    }

    /** The list that it is; null if it is none. */
    @SuppressWarnings("unchecked") // no other lists are made
    public @Nullable List<Node> list() {
        return value instanceof List ? (List<Node>) value : null;
    }

    /** The section or inline table that it is; null if it is none. */
    public @Nullable Table table() {
        return value instanceof Table table ? table : null;
    }

    /** What it is, for messages. */
    public String description() {
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
