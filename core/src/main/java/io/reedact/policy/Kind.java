package io.reedact.policy;

import io.reedact.policy.toml.Node;
import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** A kind of value that keys of a policy take: how it is read, compared with an inherited one, and shown. */
abstract class Kind<T> {
    /** What such a key wants, for messages: {@code a size such as "64MiB"}. */
    abstract String wants();

    /** The value of an entry; null where it is wrong, with the problem added. */
    abstract @Nullable T read(Entry entry, Reading reading);

    /** True if a value allows something that the inherited one does not. */
    abstract boolean allowsMore(T mine, T inherited, Reading reading);

    /** From what to what values can be; empty where that makes no sense. */
    String range() {
        return "";
    }

    /** The least that makes sense; null where every value does. */
    @Nullable
    T least() {
        return null;
    }

    /** A value as a policy would write it, for messages. */
    String show(T value) {
        return value.toString();
    }

    /** Adds the problem that an entry's value is of another type. */
    void addWrongType(Entry entry, Reading reading, @Nullable String help) {
        String message =
                entry.key() + " wants " + wants() + ", found " + entry.node().description();
        reading.add(ProblemCode.WRONG_TYPE, message, entry.node().place(), help);
    }

    /** Adds the problem that an item of a list is of another type than wanted. */
    static void addWrongItem(Entry entry, Node item, String wanted, Reading reading) {
        String message = "an item of " + entry.key() + " is " + wanted + ", found " + item.description();
        reading.add(ProblemCode.WRONG_TYPE, message, item.place(), null);
    }
}
