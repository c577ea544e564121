package io.reedact.execution;

import java.time.Duration;

/**
 * Where the time of an execution went.
 *
 * @param start how the jail came to its guest
 * @param queued waiting for admission
 * @param jail spec received → guest ready for its job, interpreter start included; by the jailer's clock
 * @param run job's first byte → guest ended; by the jailer's clock
 * @param teardown guest ended → everything in the jail dead; not part of {@code total}
 * @param total call → outcome in hand, without {@code teardown}
 */
public record Timeline(
        StartKind start, Duration queued, Duration jail, Duration run, Duration teardown, Duration total) {}
