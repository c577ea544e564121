package io.reedact.policy;

import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import io.reedact.unit.CpuShare;
import org.jspecify.annotations.Nullable;

/** A number without a unit, in a range: a count, or a share of CPU cores. */
abstract class NumberKind<T extends Comparable<T>> extends Kind<T> {

    @Override
    boolean allowsMore(T mine, T inherited, Reading reading) {
        return mine.compareTo(inherited) > 0;
    }

    /** Adds that the value is no number, or a number in quotes. */
    void addNoNumber(Entry entry, Reading reading) {
        String text = entry.node().text();
        boolean quoted = text != null && !text.isEmpty() && Character.isDigit(text.charAt(0));
        addWrongType(entry, reading, quoted ? "write the number without quotes" : null);
    }

    /** A whole number. */
    static final class Count extends NumberKind<Integer> {
        private final int least;
        private final int most;

        Count(int least, int most) {
            this.least = least;
            this.most = most;
        }

        @Override
        String wants() {
            return "a whole number from " + range();
        }

        @Override
        String range() {
            return least + " to " + most;
        }

        @Override
        @Nullable
        Integer read(Entry entry, Reading reading) {
            if (entry.node().value() instanceof Long number) {
                if (number >= least && number <= most) {
                    return number.intValue();
                }
                String message = entry.key() + " wants " + wants() + ", found " + number;
                reading.add(ProblemCode.BAD_COUNT, message, entry.node().place(), null);
            } else {
                addNoNumber(entry, reading);
            }
            return null;
        }
    }

    /** A number of CPU cores. */
    static final class Cores extends NumberKind<CpuShare> {
        /** The kernel takes no quota below 1 ms, and the period is 100 ms. */
        static final CpuShare LEAST = new CpuShare(10);

        @Override
        String range() {
            return "0.01 to 1024";
        }

        @Override
        CpuShare least() {
            return LEAST;
        }

        @Override
        String wants() {
            return "a number of cores such as 0.5";
        }

        @Override
        @Nullable
        CpuShare read(Entry entry, Reading reading) {
            if (!(entry.node().value() instanceof Number number)) {
                addNoNumber(entry, reading);
                return null;
            }
            double cores = number.doubleValue();
            String message = " has to be from " + range() + " cores, found "
                    + entry.node().place().word();
            if (cores >= 0.01 && cores <= 1024) {
                try {
                    return CpuShare.of(cores);
                } catch (IllegalArgumentException e) {
                    message = " " + e.getMessage();
                }
            }
            reading.add(
                    ProblemCode.BAD_CPU_SHARE,
                    entry.key() + message,
                    entry.node().place(),
                    null);
            return null;
        }
    }
}
