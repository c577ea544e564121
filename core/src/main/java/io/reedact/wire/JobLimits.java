package io.reedact.wire;

import io.reedact.policy.Limits;

/** The payload of JOB: what counts from the job on. */
public final class JobLimits {
    private JobLimits() {}

    /** The limits of a job, encoded. */
    public static byte[] encode(Limits limits) {
        return new FieldWriter()
                .u64(limits.memory().bytes())
                .u64(limits.timeout().toNanos())
                .u64(limits.cpuTime() == null ? 0 : limits.cpuTime().toNanos())
                .u32(limits.cpuQuota().thousandths())
                .u64(limits.output().bytes())
                .u64(limits.value().bytes())
                .done();
    }
}
