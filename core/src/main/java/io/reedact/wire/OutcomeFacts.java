package io.reedact.wire;

import java.util.List;

/**
 * What the jailer found out about an execution, as it came: facts of the kernel, the jailer's clock and its counts. Times are
 * nanoseconds, sizes bytes; -1 stands for "the kernel did not say".
 */
public record OutcomeFacts(
        Verdict verdict,
        Used used,
        long jailNanos,
        long runNanos,
        long teardownNanos,
        long layers,
        int landlockAbi,
        boolean violationsTruncated,
        List<Denied> violations) {
    private static final int MOST_EXIT_CODE = 255;
    private static final int MOST_SIGNAL = 64;

    /** How it ended, in the protocol's order. */
    public enum Cause {
        /** The guest exited. */
        EXITED,
        /** A signal that was not ours ended the guest. */
        SIGNALED,
        /** Killed at a limit. */
        LIMIT,
        /** Killed for something that it tried. */
        VIOLATED,
        /** The client asked for its end. */
        CANCELLED
    }

    /** How it ended; {@code limitKind} is 0, or 1 to 5 for memory, CPU time, wall time, output, value. */
    public record Verdict(Cause cause, int exitCode, int signal, int limitKind, long limit, long used) {}

    /** What was used from the job on. */
    public record Used(
            long wallNanos,
            long cpuNanos,
            long throttledNanos,
            long memoryPeakBytes,
            int processesPeak,
            long stdoutBytes,
            long stderrBytes,
            long valueBytes,
            long diskBytes,
            long processHits,
            long diskHits,
            long inodeHits) {}

    /** A denied call, or a foreign ABI; {@code arguments} holds those of the six that {@code detail} has a bit for. */
    public record Denied(boolean foreignAbi, String name, int detail, List<Long> arguments, long count) {}

    /** Reads the payload of OUTCOME. */
    public static OutcomeFacts decode(byte[] payload) throws ProtocolException {
        FieldReader in = new FieldReader(payload);
        OutcomeFacts facts = new OutcomeFacts(
                verdict(in),
                used(in),
                in.count(),
                in.count(),
                in.count(),
                in.u64(),
                in.u32(),
                in.u8() != 0,
                in.list(OutcomeFacts::denied));
        in.end();
        return facts;
    }

    private static Verdict verdict(FieldReader in) throws ProtocolException {
        int cause = in.u8();
        if (cause >= Cause.values().length) {
            throw new ProtocolException("outcome with cause " + cause);
        }
        Verdict verdict = new Verdict(Cause.values()[cause], in.u32(), in.u32(), in.u8(), in.count(), in.count());
        if (isBeyond(MOST_EXIT_CODE, verdict.exitCode()) || isBeyond(MOST_SIGNAL, verdict.signal())) {
            throw new ProtocolException(
                    "outcome with exit code " + verdict.exitCode() + " and signal " + verdict.signal());
        }
        boolean kindFits = verdict.cause() == Cause.LIMIT
                ? verdict.limitKind() >= 1 && verdict.limitKind() <= 5
                : verdict.limitKind() == 0;
        if (!kindFits) {
            throw new ProtocolException("outcome with cause " + cause + " and limit kind " + verdict.limitKind());
        }
        return verdict;
    }

    private static boolean isBeyond(int most, int found) {
        return found < 0 || found > most;
    }

    private static Used used(FieldReader in) throws ProtocolException {
        return new Used(
                in.count(),
                in.count(),
                in.count(),
                in.u64(),
                in.u32(),
                in.count(),
                in.count(),
                in.count(),
                in.count(),
                in.count(),
                in.count(),
                in.count());
    }

    private static Denied denied(FieldReader in) throws ProtocolException {
        int kind = in.u8();
        if (kind > 1) {
            throw new ProtocolException("violation of kind " + kind);
        }
        String name = in.string();
        int detail = in.u8();
        Long[] arguments = new Long[6];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = in.u64();
        }
        return new Denied(kind == 1, name, detail, List.of(arguments), Integer.toUnsignedLong(in.u32()));
    }
}
