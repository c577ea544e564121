package io.reedact.policy;

import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a template, flag or caller asks for within a policy. Null stands for the policy's own value.
 *
 * @param timeout longest time from the job on
 * @param memory most memory from the job on
 * @param cpu share of CPU cores
 */
public record Request(
        @Nullable Duration timeout,
        @Nullable ByteSize memory,
        @Nullable CpuShare cpu) {
    private static final Request NOTHING = new Request(null, null, null);

    /** Asks for nothing but the policy's own values. */
    public static Request none() {
        return NOTHING;
    }
}
