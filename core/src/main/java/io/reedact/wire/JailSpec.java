package io.reedact.wire;

import io.reedact.policy.Condition;
import io.reedact.policy.Layer;
import io.reedact.policy.Limits;
import io.reedact.policy.SyscallRule;
import io.reedact.runtime.RootLayout;
import io.reedact.unit.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The jail wanted, flat and complete: the jailer adds nothing to it but what every jail has.
 *
 * @param optionalLayers that may be missing
 * @param startTime spec → ready, at most
 * @param startMemory for the interpreter's start
 * @param limits of which the jail itself takes memory, processes, disk, inodes, open files and file size
 * @param program what runs in it
 * @param layout what it shows of the host
 * @param files small read-only files by path, such as /etc/passwd
 * @param filter the system call filter's rules, encoded by {@link #encodeFilter}
 */
public record JailSpec(
        Set<Layer> optionalLayers,
        Duration startTime,
        ByteSize startMemory,
        Limits limits,
        Program program,
        RootLayout layout,
        Map<String, byte[]> files,
        byte[] filter) {

    /**
     * A program in a jail.
     *
     * @param interpreter absolute path, as in the jail
     * @param arguments argv[1] and on
     * @param environment all of it, {@code NAME=value}
     * @param hostName the jail's
     */
    public record Program(String interpreter, List<String> arguments, List<String> environment, String hostName) {}

    /**
     * The payload of SPEC.
     *
     * @throws TooLargeException if it is more than a frame or one of its lists can hold
     */
    public byte[] encode() {
        FieldWriter out = new FieldWriter();
        writeLimits(out);
        out.string(program.interpreter())
                .list(program.arguments(), FieldWriter::string)
                .list(program.environment(), FieldWriter::string)
                .string(program.hostName());
        out.list(layout.symlinks(), (o, link) -> o.string(link.path()).string(link.target()));
        out.list(
                List.copyOf(files.entrySet()),
                (o, file) -> o.string(file.getKey()).bytes(file.getValue()));
        out.list(
                layout.trees(),
                (o, tree) -> o.string(tree.source().toString())
                        .string(tree.target())
                        .u8(tree.kind().ordinal()));
        byte[] payload = out.bytes(filter).done();
        if (payload.length > FrameCodec.MAX_PAYLOAD_BYTES) {
            throw new TooLargeException(
                    payload.length + " bytes, at most " + FrameCodec.MAX_PAYLOAD_BYTES + " allowed");
        }
        return payload;
    }

    private void writeLimits(FieldWriter out) {
        out.u64(Layer.bits(optionalLayers)).u64(startTime.toNanos()).u64(startMemory.bytes());
        out.u64(limits.memory().bytes())
                .u32(limits.processes())
                .u64(limits.disk().bytes());
        out.u64(limits.inodes()).u32(limits.openFiles()).u64(limits.fileSize().bytes());
    }

    /** The rules of a filter as SPEC carries them; the same rules give the same bytes, by which the jailer knows them again. */
    public static byte[] encodeFilter(List<SyscallRule> rules) {
        return new FieldWriter().list(rules, JailSpec::writeRule).done();
    }

    private static void writeRule(FieldWriter out, SyscallRule rule) {
        out.string(rule.call()).u8(rule.action().code()).u32(rule.errno()).u8(rule.detail());
        out.list(rule.conditions(), JailSpec::writeCondition);
    }

    private static void writeCondition(FieldWriter out, Condition condition) {
        out.u8(condition.argument())
                .u8(condition.equal() ? 0 : 1)
                .u64(condition.mask())
                .u64(condition.value());
    }
}
