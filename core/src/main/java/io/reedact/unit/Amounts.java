package io.reedact.unit;

/** Splits "64MiB" into a number and a unit. What is wrong is said in full, since it goes to users as it is. */
final class Amounts {
    /** Nothing that anybody means has more digits; longer texts are not worth a look. */
    private static final int LONGEST = 40;

    private Amounts() {}

    /** A unit as it is written, and how many base units it stands for. */
    record Unit(String name, long factor) {}

    /**
     * How many base units a text stands for.
     *
     * @param what the kind of amount and an example, for messages: {@code a size such as "64MiB"}
     * @throws IllegalArgumentException if the text is anything but a positive whole number of base units, below 2⁶³
     */
    static long parse(String text, String what, Unit... units) {
        int digits = digits(text);
        if (text.startsWith("-")) {
            throw new IllegalArgumentException("must not be negative, found \"" + cut(text) + '"');
        }
        if (digits == 0 || text.length() > LONGEST) {
            throw new IllegalArgumentException("wants " + what + ", found \"" + cut(text) + '"');
        }
        Unit unit = unit(text, digits, what, units);
        requireNumber(text, digits, what);
        return whole(text, digits, unit, units[0]);
    }

    private static int digits(String text) {
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char unit) {
        return unit >= '0' && unit <= '9';
    }

    private static void requireNumber(String text, int digits, String what) {
        int point = text.indexOf('.');
        boolean wellFormed = point < 0 || (point > 0 && point < digits - 1 && text.indexOf('.', point + 1) < 0);
        if (!wellFormed) {
            throw new IllegalArgumentException("wants " + what + ", found \"" + text + '"');
        }
    }

    private static Unit unit(String text, int digits, String what, Unit[] units) {
        String name = text.substring(digits);
        for (Unit unit : units) {
            if (unit.name().equals(name)) {
                return unit;
            }
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("needs a unit (" + names(units) + "), found \"" + text + '"');
        }
        throw new IllegalArgumentException(
                "wants " + what + "; '" + name.strip() + "' is none of its units (" + names(units) + ")");
    }

    private static String names(Unit[] units) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < units.length; i++) {
            names.append(i == 0 ? "" : i == units.length - 1 ? " or " : ", ").append(units[i].name());
        }
        return names.toString();
    }

    /** In long arithmetic: the classes for big numbers alone cost a fresh JVM ten milliseconds. */
    private static long whole(String text, int digits, Unit unit, Unit base) {
        int point = text.indexOf('.');
        try {
            long amount = 0;
            long scale = 1;
            for (int i = 0; i < digits; i++) {
                if (i != point) {
                    amount = Math.addExact(Math.multiplyExact(amount, 10L), text.charAt(i) - '0');
                    scale = point >= 0 && i > point ? Math.multiplyExact(scale, 10L) : scale;
                }
            }
            amount = Math.multiplyExact(amount, unit.factor());
            if (amount % scale != 0) {
                throw new IllegalArgumentException("is no whole number of " + base.name() + ": \"" + text + '"');
            }
            if (amount == 0) {
                throw new IllegalArgumentException("must be more than zero, found \"" + text + '"');
            }
            return amount / scale;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too large: \"" + text + '"', e);
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
