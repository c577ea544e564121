package io.reedact.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guest did. What went wrong on our side, or with the request, is an exception and never an outcome.
 *
 * <p>A guest can say only that it completed with a value or failed with an error. Everything else here comes from facts
 * that it can't forge: its wait status, control group events, the jailer's clock and byte counts, the reports of the
 * system call filter.
 */
public sealed interface Outcome {
    /** All that every outcome has to tell. */
    Report report();

    /** What it used. */
    default Usage usage() {
        return report().usage();
    }

    /** What it tried and was denied, in the order of the first report. */
    default List<Violation> violations() {
        return report().violations();
    }

    /** Whether the counts of {@link #violations} are lower bounds. */
    default boolean violationsTruncated() {
        return report().violationsTruncated();
    }

    /** The labels of the layers that were in force. */
    default List<String> layers() {
        return report().isolation().layers();
    }

    /** The layers in force and those missing. */
    default Isolation isolation() {
        return report().isolation();
    }

    /** Where the time went. */
    default Timeline timeline() {
        return report().timeline();
    }

    /** What the guest wrote to its standard output, as text. */
    default String stdout() {
        return report().stdout().text();
    }

    /** What the guest wrote to its standard error, as text. */
    default String stderr() {
        return report().stderr().text();
    }

    /**
     * The guest came to its end and gave this value.
     *
     * @param value null, Boolean, Long, BigInteger, Double, BigDecimal, String, byte[], List or Map of these; null for a
     *     program, or a block without a value
     */
    record Completed(@Nullable Object value, Report report) implements Outcome {}

    /**
     * The guest failed by itself.
     *
     * @param error what it says about it; null if it says nothing
     */
    record Failed(@Nullable GuestError error, Report report) implements Outcome {
        /** How its process ended. */
        public Exit exit() {
            return report.exit();
        }
    }

    /**
     * The guest was killed at a limit.
     *
     * @param kind which
     * @param limit bytes or nanoseconds, as {@link LimitKind#isTime} says
     * @param used when it was noticed, in the same unit
     */
    record LimitExceeded(LimitKind kind, long limit, long used, Report report) implements Outcome {}

    /** The jailer ended the run for something that the guest tried; {@link #violations} has it. */
    record Violated(Report report) implements Outcome {}

    /** The caller cancelled it. */
    record Cancelled(Report report) implements Outcome {}
}
