package io.reedact.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.policy.Action;
import io.reedact.policy.Condition;
import io.reedact.policy.Layer;
import io.reedact.policy.Limits;
import io.reedact.policy.SyscallRule;
import io.reedact.runtime.RootLayout;
import io.reedact.runtime.Symlink;
import io.reedact.runtime.Tree;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The golden frames, which the jailer's tests read too: what both sides believe the protocol to be. */
class GoldenFramesTest {
    private static final Path FOLDER = Path.of("../jailer/test/golden");
    private static final Limits LIMITS = new Limits(
            ByteSize.mebibytes(256),
            Duration.ofSeconds(30),
            null,
            new CpuShare(500),
            ByteSize.mebibytes(1),
            ByteSize.mebibytes(16),
            64,
            ByteSize.mebibytes(64),
            4096,
            256,
            ByteSize.mebibytes(32),
            100,
            Duration.ofSeconds(30));

    private static byte[] golden(String name) throws IOException {
        StringBuilder digits = new StringBuilder();
        for (String line : Files.readAllLines(FOLDER.resolve(name + ".hex"))) {
            digits.append(line.startsWith("#") ? "" : line.strip());
        }
        return HexFormat.of().parseHex(digits);
    }

    private static Frame read(String name) throws IOException {
        return FrameCodec.read(Channels.newChannel(new ByteArrayInputStream(golden(name))));
    }

    private static void assertWrites(String name, Frame frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameCodec.write(Channels.newChannel(bytes), frame);
        assertThat(bytes.toByteArray()).as(name).isEqualTo(golden(name));
    }

    @Test
    void hellosAreWrittenAndRead() throws IOException {
        assertWrites("hello-control", Hello.of(true));
        assertWrites("hello-execution", Hello.of(false));
        assertThat(Hello.version(read("hello-back"))).isEqualTo(Hello.VERSION);
    }

    @Test
    void theSpecIsWritten() throws IOException {
        Condition notTiocsti = new Condition(1, false, 0xffff_ffffL, 0x5412);
        List<SyscallRule> rules = List.of(
                new SyscallRule("read", Action.ALLOW, 0, 0, List.of()),
                new SyscallRule("clone3", Action.REFUSE, 38, 0, List.of()),
                new SyscallRule("unshare", Action.REPORT, 1, 1, List.of()),
                new SyscallRule("ioctl", Action.ALLOW, 0, 0, List.of(notTiocsti)),
                new SyscallRule("ioctl", Action.REPORT, 1, 2, List.of()),
                new SyscallRule(
                        "socket",
                        Action.ALLOW,
                        0,
                        0,
                        List.of(new Condition(0, true, 0xffff_ffffL, 1), new Condition(1, true, 0xf, 1))),
                new SyscallRule("socket", Action.END, 97, 7, List.of()));
        RootLayout layout = new RootLayout(
                List.of(new Symlink("/lib", "usr/lib")),
                List.of(
                        new Tree(Path.of("/usr/bin/python3.11"), "/usr/bin/python3.11", Tree.Kind.FILE),
                        new Tree(Path.of("/usr/lib/python3.11"), "/usr/lib/python3.11", Tree.Kind.DIRECTORY),
                        new Tree(Path.of("/srv/shop/out"), "/srv/shop/out", Tree.Kind.WRITABLE)));
        JailSpec spec = spec("LANG=C.UTF-8", layout, JailSpec.encodeFilter(rules));
        assertWrites("spec", new Frame(FrameType.SPEC, 7, spec.encode()));
    }

    @Test
    void aSpecThatNoFrameCanHoldIsRefused() {
        RootLayout nothing = new RootLayout(List.of(), List.of());
        int rest = spec("", nothing, new byte[0]).encode().length;
        String most = "x".repeat(FrameCodec.MAX_PAYLOAD_BYTES - rest);
        assertThat(spec(most, nothing, new byte[0]).encode()).hasSize(FrameCodec.MAX_PAYLOAD_BYTES);
        assertThatThrownBy(() -> spec(most + "x", nothing, new byte[0]).encode())
                .isInstanceOf(TooLargeException.class)
                .hasMessage("1048577 bytes, at most 1048576 allowed");
    }

    private static JailSpec spec(String variable, RootLayout layout, byte[] filter) {
        return new JailSpec(
                EnumSet.of(Layer.DISTINCT_UID, Layer.PRIVATE_DEVICES),
                Duration.ofSeconds(10),
                ByteSize.mebibytes(64),
                LIMITS,
                new JailSpec.Program(
                        "/usr/bin/python3.11",
                        List.of("-I", "/runtime/prelude.py"),
                        List.of("HOME=/job", variable),
                        "jail"),
                layout,
                Map.of("/etc/hosts", "127.0.0.1 localhost\n".getBytes(StandardCharsets.UTF_8)),
                filter);
    }

    @Test
    void theJobIsWritten() throws IOException {
        Limits job = new Limits(
                ByteSize.mebibytes(128),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                new CpuShare(500),
                ByteSize.mebibytes(1),
                ByteSize.mebibytes(16),
                64,
                ByteSize.mebibytes(64),
                4096,
                256,
                ByteSize.mebibytes(32),
                100,
                Duration.ofSeconds(30));
        assertWrites("job", new Frame(FrameType.JOB, 7, JobLimits.encode(job)));
        byte[] piece = "{\"mode\":x".getBytes(StandardCharsets.UTF_8);
        assertWrites("job-data", new Frame(FrameType.JOB_DATA, 7, Messages.data(piece, 0, 8)));
        assertWrites("stdin-data", new Frame(FrameType.STDIN_DATA, 7, Messages.data(new byte[0], 0, 0)));
        assertWrites("cancel", new Frame(FrameType.CANCEL, 7, new byte[0]));
        assertWrites("probe", new Frame(FrameType.PROBE, 0, new byte[0]));
    }

    @Test
    void smallAnswersAreRead() throws IOException {
        assertThat(Messages.ready(read("ready").payload())).isEqualTo(12_500_000);
        assertThat(Messages.Credit.decode(read("credit").payload())).isEqualTo(new Messages.Credit(3, 65_536));
        Messages.Piece piece = Messages.Piece.decode(read("output").payload());
        assertThat(piece.channel()).isEqualTo(Messages.STDOUT);
        assertThat(new String(piece.bytes(), StandardCharsets.UTF_8)).isEqualTo("hi");
        assertThat(Refusal.decode(read("refused").payload()))
                .isEqualTo(new Refusal(Refusal.Kind.LAYER, "landlock", 38, "not in this kernel"));
        assertThat(Facts.decode(read("facts").payload()))
                .containsExactly(Map.entry("kernel", "6.1.0 x86_64"), Map.entry("landlock-abi", "2"));
    }

    @Test
    void outcomesAreRead() throws IOException {
        OutcomeFacts limit = OutcomeFacts.decode(read("outcome-limit").payload());
        assertThat(limit.verdict())
                .isEqualTo(new OutcomeFacts.Verdict(OutcomeFacts.Cause.LIMIT, 0, 0, 3, 2_000_000_000L, 2_000_000_500L));
        assertThat(limit.used())
                .isEqualTo(new OutcomeFacts.Used(2_000_000_700L, 0, 0, -1, -1, 10, 20, 30, 4096, 0, 1, 0));
        assertThat(limit.jailNanos()).isEqualTo(12_500_000);
        assertThat(limit.teardownNanos()).isEqualTo(800_000);
        assertThat(limit.violationsTruncated()).isTrue();
        assertThat(limit.violations())
                .containsExactly(
                        new OutcomeFacts.Denied(false, "socket", 7, List.of(2L, 524_289L, 0L, 0L, 0L, 0L), 3),
                        new OutcomeFacts.Denied(true, "i386", 0, List.of(0L, 0L, 0L, 0L, 0L, 0L), 1));
        assertThat(Layer.of(limit.layers()))
                .doesNotContain(Layer.CGROUP_MEMORY, Layer.CGROUP_PIDS, Layer.CGROUP_CPU)
                .hasSize(18);

        OutcomeFacts exit = OutcomeFacts.decode(read("outcome-exit").payload());
        assertThat(exit.verdict()).isEqualTo(new OutcomeFacts.Verdict(OutcomeFacts.Cause.EXITED, 3, 0, 0, 0, 0));
        assertThat(exit.violations()).isEmpty();
    }
}
