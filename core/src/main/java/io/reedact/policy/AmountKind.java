package io.reedact.policy;

import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import io.reedact.unit.ByteSize;
import io.reedact.unit.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A size or a duration: a text with a number and a unit, in a range. */
abstract class AmountKind<T extends Comparable<T>> extends Kind<T> {
    private final ProblemCode code;
    private final String example;
    private final T least;
    private final T most;

    AmountKind(ProblemCode code, String example, T least, T most) {
        this.code = code;
        this.example = example;
        this.least = least;
        this.most = most;
    }

    /** Fails with an IllegalArgumentException whose message goes on from the key. */
    abstract T parse(String text);

    @Override
    @Nullable
    T read(Entry entry, Reading reading) {
        String text = entry.node().text();
        if (text == null) {
            addBare(entry, reading);
            return null;
        }
        try {
            T value = parse(text);
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
            String message = entry.key() + " has to be from " + range() + ", found \"" + text + '"';
            reading.add(code, message, entry.node().place(), null);
        } catch (IllegalArgumentException e) {
            reading.add(code, entry.key() + " " + e.getMessage(), entry.node().place(), null);
        }
        return null;
    }

    private void addBare(Entry entry, Reading reading) {
        if (!(entry.node().value() instanceof Number number)) {
            addWrongType(entry, reading, null);
            return;
        }
        String found = ", found " + entry.node().place().word();
        double amount = number.doubleValue();
        String message =
                amount == 0 ? " must be more than zero" : amount < 0 ? " must not be negative" : " needs a unit";
        reading.add(code, entry.key() + message + found, entry.node().place(), "write " + wants());
    }

    @Override
    String range() {
        return show(least) + " to " + show(most);
    }

    @Override
    T least() {
        return least;
    }

    @Override
    String wants() {
        return example;
    }

    @Override
    boolean allowsMore(T mine, T inherited, Reading reading) {
        return mine.compareTo(inherited) > 0;
    }

    /** A size. */
    static final class Size extends AmountKind<ByteSize> {
        Size(ByteSize least, ByteSize most) {
            super(ProblemCode.BAD_SIZE, "a size such as \"64MiB\"", least, most);
        }

        @Override
        ByteSize parse(String text) {
            return ByteSize.parse(text);
        }
    }

    /** A duration. */
    static final class Time extends AmountKind<Duration> {
        Time() {
            super(ProblemCode.BAD_DURATION, "a duration such as \"30s\"", Duration.ofMillis(1), Duration.ofHours(24));
        }

        @Override
        Duration parse(String text) {
            return Durations.parse(text);
        }

        @Override
        String show(Duration value) {
            return Durations.format(value);
        }
    }
}
