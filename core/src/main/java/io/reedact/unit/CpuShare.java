package io.reedact.unit;

/**
 * How much of the host's CPU cores something may use: 0.5 is half a core, 2 is two whole ones.
 *
 * @param thousandths of a core, from 1 to 1,024,000
 */
public record CpuShare(int thousandths) implements Comparable<CpuShare> {
    private static final int MOST = 1_024_000;
    private static final String RANGE = "wants a number of cores from 0.001 to 1024, found ";

    public CpuShare {
        if (thousandths < 1 || thousandths > MOST) {
            throw new IllegalArgumentException(RANGE + shown(thousandths));
        }
    }

    /**
     * So many cores.
     *
     * @throws IllegalArgumentException outside 0.001 … 1024, or with more than three decimals; the message goes on from the
     *     name of what the share is for
     */
    public static CpuShare of(double cores) {
        if (!(cores >= 0.001 && cores <= MOST / 1000.0)) { // not a number is none of both
            throw new IllegalArgumentException(RANGE + cores);
        }
        long thousandths = Math.round(cores * 1000);
        if (Math.abs(cores * 1000 - thousandths) > 1e-6) {
            throw new IllegalArgumentException("wants at most three decimals, found " + cores);
        }
        return new CpuShare(Math.toIntExact(thousandths));
    }

    /**
     * The share that a text such as {@code 0.5} stands for, in cores.
     *
     * @throws IllegalArgumentException if the text is no such number, or as for {@link #of}
     */
    public static CpuShare parse(String text) {
        if (text.length() > 20 || !isPlainNumber(text)) {
            String found = text.length() > 20 ? text.substring(0, 20) + "…" : text;
            throw new IllegalArgumentException("wants a number of cores such as 0.5, found \"" + found + '"');
        }
        return of(Double.parseDouble(text));
    }

    /** Digits with at most one point between them, and maybe a sign: no exponents, no names of numbers. */
    private static boolean isPlainNumber(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int points = 0;
        for (int i = start; i < text.length(); i++) {
            boolean point = text.charAt(i) == '.' && i > start && i < text.length() - 1;
            points += point ? 1 : 0;
            if (!point && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
                return false;
            }
        }
        return text.length() > start && points <= 1;
    }

    /** The number of cores as {@link #parse} reads it, with no more decimals than it needs. */
    @Override
    public String toString() {
        return shown(thousandths);
    }

    private static String shown(int thousandths) {
        int whole = thousandths / 1000;
        int part = Math.abs(thousandths % 1000);
        if (part == 0) {
            return Integer.toString(whole);
        }
        String decimals = Integer.toString(1000 + part).substring(1);
        int end = decimals.endsWith("00") ? 1 : decimals.endsWith("0") ? 2 : 3;
        return (thousandths < 0 ? "-" : "") + Math.abs(whole) + "." + decimals.substring(0, end);
    }

    @Override
    public int compareTo(CpuShare that) {
        return Integer.compare(thousandths, that.thousandths);
    }
}
