package io.reedact.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jailer's side of the protocol, for fakes and round trips: payloads of what only the jailer sends. */
public final class Answers {
    private Answers() {}

    public static byte[] hello(int version) {
        return new FieldWriter().u16(version).u16(0).u64(0).done();
    }

    public static byte[] ready(long nanos) {
        return new FieldWriter().u64(nanos).done();
    }

    public static byte[] credit(int channel, int bytes) {
        return new FieldWriter().u8(channel).u32(bytes).done();
    }

    public static byte[] output(int channel, byte[] bytes) {
        return new FieldWriter().u8(channel).raw(bytes, 0, bytes.length).done();
    }

    public static byte[] refused(Refusal refusal) {
        return new FieldWriter()
                .u8(refusal.kind().ordinal())
                .string(refusal.step())
                .u32(refusal.errno())
                .string(refusal.detail())
                .done();
    }

    public static byte[] facts(Map<String, String> facts) {
        List<Map.Entry<String, String>> entries = new ArrayList<>(facts.entrySet());
        return new FieldWriter()
                .list(entries, (out, fact) -> out.string(fact.getKey()).string(fact.getValue()))
                .done();
    }

    public static byte[] outcome(OutcomeFacts facts) {
        OutcomeFacts.Verdict verdict = facts.verdict();
        FieldWriter out = new FieldWriter()
                .u8(verdict.cause().ordinal())
                .u32(verdict.exitCode())
                .u32(verdict.signal())
                .u8(verdict.limitKind())
                .u64(verdict.limit())
                .u64(verdict.used());
        used(out, facts.used());
        return out.u64(facts.jailNanos())
                .u64(facts.runNanos())
                .u64(facts.teardownNanos())
                .u64(facts.layers())
                .u32(facts.landlockAbi())
                .u8(facts.violationsTruncated() ? 1 : 0)
                .list(facts.violations(), Answers::denied)
                .done();
    }

    private static void used(FieldWriter out, OutcomeFacts.Used used) {
        out.u64(used.wallNanos()).u64(used.cpuNanos()).u64(used.throttledNanos());
        out.u64(used.memoryPeakBytes()).u32(used.processesPeak());
        out.u64(used.stdoutBytes()).u64(used.stderrBytes()).u64(used.valueBytes());
        out.u64(used.diskBytes()).u64(used.processHits()).u64(used.diskHits()).u64(used.inodeHits());
    }

    private static void denied(FieldWriter out, OutcomeFacts.Denied denied) {
        out.u8(denied.foreignAbi() ? 1 : 0).string(denied.name()).u8(denied.detail());
        denied.arguments().forEach(out::u64);
        out.u32((int) denied.count());
    }
}
