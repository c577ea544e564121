package io.reedact.unit;

import io.reedact.unit.Amounts.Unit;
import java.time.Duration;

/** Durations as policy files and flags write them: {@code 500ms}, {@code 2s}, {@code 1m}, {@code 1h}. */
public final class Durations {
    private static final Unit[] UNITS = {
        new Unit("ms", 1), new Unit("s", 1_000), new Unit("m", 60_000), new Unit("h", 3_600_000),
    };

    /** So that nanoseconds always fit 63 bits. */
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / 1_000_000;

    private Durations() {}

    /**
     * The duration that a text such as {@code 500ms} or {@code 1.5s} stands for: whole milliseconds, at least one.
     *
     * @throws IllegalArgumentException if the text is no duration, has no unit, is zero, negative or beyond 2⁶³ − 1 ns; the
     *     message goes on from the name of what the duration is for
     */
    public static Duration parse(String text) {
        long millis = Amounts.parse(text, "a duration such as \"2s\"", UNITS);
        if (millis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("is too large: \"" + text + '"');
        }
        return Duration.ofMillis(millis);
    }

    /** A duration as {@link #parse} reads it, with the largest unit that leaves a whole number; part milliseconds are cut. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        int unit = 0;
        while (millis != 0 && unit + 1 < UNITS.length && millis % UNITS[unit + 1].factor() == 0) {
            unit++;
        }
        return millis / UNITS[unit].factor() + UNITS[unit].name();
    }
}
