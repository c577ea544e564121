package io.reedact.execution;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an execution used, counted from its job on, by the jailer and the kernel.
 *
 * @param wall job's first byte → guest ended, monotonic clock
 * @param cpu user and system time of all its processes; may exceed {@code wall} on several cores
 * @param throttled how long its processes had to wait for {@code cpu_quota}
 * @param memoryPeakBytes the most above the level at the job's start, tmpfs included; empty where no memory controller was
 *     in force
 * @param processesPeak the most processes and threads at once; empty where the kernel keeps no peak (before Linux 6.11)
 * @param stdoutBytes read from the guest; may exceed the limit by what came after it
 * @param stderrBytes as {@code stdoutBytes}
 * @param valueBytes of the value document
 * @param diskBytes in use in the jail's file system at the end
 * @param limitHits limits that refused something
 */
public record Usage(
        Duration wall,
        Duration cpu,
        Duration throttled,
        OptionalLong memoryPeakBytes,
        OptionalInt processesPeak,
        long stdoutBytes,
        long stderrBytes,
        long valueBytes,
        long diskBytes,
        LimitHits limitHits) {}
