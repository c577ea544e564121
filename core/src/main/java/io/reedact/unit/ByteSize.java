package io.reedact.unit;

import io.reedact.unit.Amounts.Unit;

/**
 * An amount of memory or data. Written in files as {@code "64MiB"}, never as a bare number.
 *
 * @param bytes zero or more; only a measured size is ever zero
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Unit[] UNITS = {
        new Unit("B", 1),
        new Unit("KiB", 1L << 10),
        new Unit("MiB", 1L << 20),
        new Unit("GiB", 1L << 30),
        new Unit("TiB", 1L << 40),
    };

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative: " + bytes + " bytes");
        }
    }

    /**
     * The size that a text such as {@code 64MiB}, {@code 0.5GiB} or {@code 900B} stands for; always more than zero.
     *
     * @throws IllegalArgumentException if the text is no size, has no unit, is zero, negative or beyond 2⁶³ − 1 bytes; the
     *     message goes on from the name of what the size is for
     */
    public static ByteSize parse(String text) {
        return new ByteSize(Amounts.parse(text, "a size such as \"64MiB\"", UNITS));
    }

    /**
     * So many MiB of 1,048,576 bytes.
     *
     * @throws IllegalArgumentException if negative
     * @throws ArithmeticException beyond 2⁶³ − 1 bytes
     */
    public static ByteSize mebibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, 1L << 20));
    }

    /**
     * So many KiB of 1,024 bytes.
     *
     * @throws IllegalArgumentException if negative
     * @throws ArithmeticException beyond 2⁶³ − 1 bytes
     */
    public static ByteSize kibibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, 1L << 10));
    }

    /** As {@link #parse} reads it, exact, with the largest unit that leaves a whole number. */
    @Override
    public String toString() {
        int unit = 0;
        while (bytes != 0 && unit + 1 < UNITS.length && bytes % UNITS[unit + 1].factor() == 0) {
            unit++;
        }
        return bytes / UNITS[unit].factor() + UNITS[unit].name();
    }

    @Override
    public int compareTo(ByteSize that) {
        return Long.compare(bytes, that.bytes);
    }
}
