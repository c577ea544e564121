package io.reedact.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What one side writes the other reads; what was changed on the way is read as something else or refused. */
class RoundTripTest {
    private final Random random = new Random(20_000);

    private static final OutcomeFacts FACTS = new OutcomeFacts(
            new OutcomeFacts.Verdict(OutcomeFacts.Cause.LIMIT, 0, 0, 5, 16, 17),
            new OutcomeFacts.Used(1, 2, 3, -1, -1, 4, 5, 6, 7, 8, 9, 10),
            11,
            12,
            13,
            0x1f_ffffL,
            7,
            true,
            List.of(new OutcomeFacts.Denied(true, "i386", 0, List.of(0L, 0L, 0L, 0L, 0L, -1L), 0xffff_ffffL)));

    @Test
    void outcomesSurvive() throws ProtocolException {
        assertThat(OutcomeFacts.decode(Answers.outcome(FACTS))).isEqualTo(FACTS);
        for (int round = 0; round < 200; round++) {
            OutcomeFacts facts = randomFacts();
            assertThat(OutcomeFacts.decode(Answers.outcome(facts))).isEqualTo(facts);
        }
    }

    private OutcomeFacts randomFacts() {
        OutcomeFacts.Cause cause = OutcomeFacts.Cause.values()[random.nextInt(5)];
        List<OutcomeFacts.Denied> violations = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Long> arguments = random.longs(6).boxed().toList();
            violations.add(new OutcomeFacts.Denied(
                    random.nextBoolean(), "#" + random.nextInt(9999), random.nextInt(64), arguments, count() >>> 31));
        }
        return new OutcomeFacts(
                new OutcomeFacts.Verdict(
                        cause,
                        random.nextInt(256),
                        random.nextInt(65),
                        cause == OutcomeFacts.Cause.LIMIT ? 1 + random.nextInt(5) : 0,
                        count(),
                        count()),
                new OutcomeFacts.Used(
                        count(),
                        count(),
                        count(),
                        random.nextLong(),
                        random.nextInt(),
                        count(),
                        count(),
                        count(),
                        count(),
                        count(),
                        count(),
                        count()),
                count(),
                count(),
                count(),
                random.nextLong(),
                random.nextInt(),
                random.nextBoolean(),
                violations);
    }

    private long count() {
        return random.nextLong() >>> 1;
    }

    @Test
    void refusalsFactsAndSmallAnswersSurvive() throws ProtocolException {
        for (Refusal.Kind kind : Refusal.Kind.values()) {
            Refusal refusal = new Refusal(kind, "mount /proc", 12, "détail");
            assertThat(Refusal.decode(Answers.refused(refusal))).isEqualTo(refusal);
        }
        Map<String, String> facts = Map.of("kernel", "6.1", "empty", "");
        assertThat(Facts.decode(Answers.facts(facts))).isEqualTo(facts);
        assertThat(Messages.ready(Answers.ready(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Messages.Credit.decode(Answers.credit(Messages.STDIN, Messages.WINDOW_BYTES)))
                .isEqualTo(new Messages.Credit(Messages.STDIN, Messages.WINDOW_BYTES));
        Messages.Piece piece = Messages.Piece.decode(Answers.output(Messages.VALUE, new byte[] {1, 0}));
        assertThat(piece.channel()).isEqualTo(Messages.VALUE);
        assertThat(piece.bytes()).containsExactly(1, 0);
    }

    @Test
    void channelsAndCreditsOutOfPlaceAreRefused() {
        for (int channel : new int[] {0, 3, 5, 255}) {
            assertThatThrownBy(() -> Messages.Piece.decode(Answers.output(channel, new byte[0])))
                    .isInstanceOf(ProtocolException.class);
        }
        for (int channel : new int[] {1, 2, 4, 255}) {
            assertThatThrownBy(() -> Messages.Credit.decode(Answers.credit(channel, 1)))
                    .isInstanceOf(ProtocolException.class);
        }
        for (int bytes : new int[] {-1, Messages.WINDOW_BYTES + 1}) {
            assertThatThrownBy(() -> Messages.Credit.decode(Answers.credit(Messages.JOB, bytes)))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void whatNoKernelSaysIsRefused() {
        List<OutcomeFacts.Verdict> nonsense = List.of(
                new OutcomeFacts.Verdict(OutcomeFacts.Cause.LIMIT, 0, 0, 0, 0, 0),
                new OutcomeFacts.Verdict(OutcomeFacts.Cause.LIMIT, 0, 0, 6, 0, 0),
                new OutcomeFacts.Verdict(OutcomeFacts.Cause.EXITED, 0, 0, 1, 0, 0),
                new OutcomeFacts.Verdict(OutcomeFacts.Cause.EXITED, 256, 0, 0, 0, 0),
                new OutcomeFacts.Verdict(OutcomeFacts.Cause.EXITED, -1, 0, 0, 0, 0),
                new OutcomeFacts.Verdict(OutcomeFacts.Cause.SIGNALED, 0, -1, 0, 0, 0),
                new OutcomeFacts.Verdict(OutcomeFacts.Cause.SIGNALED, 0, 65, 0, 0, 0),
                new OutcomeFacts.Verdict(OutcomeFacts.Cause.LIMIT, 0, 0, 1, -1, 0));
        for (OutcomeFacts.Verdict verdict : nonsense) {
            OutcomeFacts facts =
                    new OutcomeFacts(verdict, FACTS.used(), 0, 0, 0, 0, 0, false, List.<OutcomeFacts.Denied>of());
            assertThatThrownBy(() -> OutcomeFacts.decode(Answers.outcome(facts)))
                    .as(verdict.toString())
                    .isInstanceOf(ProtocolException.class);
        }
    }

    /** Decoders of what the jailer sends. */
    private interface Decoder {
        Object decode(byte[] payload) throws ProtocolException;
    }

    /** Changes of whole payloads reach what random bytes never do: the fields behind the first. */
    @Test
    void everyChangeIsDecodedOrRefused() {
        List<Map.Entry<byte[], Decoder>> whole = List.of(
                Map.entry(Answers.outcome(FACTS), OutcomeFacts::decode),
                Map.entry(Answers.refused(new Refusal(Refusal.Kind.STEP, "step", 1, "detail")), Refusal::decode),
                Map.entry(Answers.facts(Map.of("kernel", "6.1", "cpus", "2")), Facts::decode),
                Map.entry(Answers.credit(Messages.JOB, 1), Messages.Credit::decode),
                Map.entry(Answers.output(Messages.STDOUT, new byte[3]), Messages.Piece::decode),
                Map.entry(Answers.ready(1), Messages::ready),
                Map.entry(Answers.hello(1), payload -> Hello.version(new Frame(FrameType.HELLO_BACK, 0, payload))));
        int refused = 0;
        int decoded = 0;
        for (int round = 0; round < 20_000; round++) {
            Map.Entry<byte[], Decoder> entry = whole.get(round % whole.size());
            byte[] payload = entry.getKey().clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            try {
                decoded += entry.getValue().decode(payload) == null ? 0 : 1;
            } catch (ProtocolException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(decoded).isGreaterThan(1000);
        assertThat(refused + decoded).isEqualTo(20_000);
    }

    @Test
    void framesSurviveInARowHoweverTheyAreCutOnTheWay() throws IOException {
        List<Frame> sent = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            byte[] payload = new byte[random.nextInt(300)];
            random.nextBytes(payload);
            sent.add(new Frame(random.nextInt(256), random.nextInt(), payload));
            FrameCodec.write(dribbling(bytes), sent.get(i));
        }
        ReadableByteChannel in = dribbling(new ByteArrayInputStream(bytes.toByteArray()));
        for (Frame frame : sent) {
            Frame read = FrameCodec.read(in);
            assertThat(read.type()).isEqualTo(frame.type());
            assertThat(read.execution()).isEqualTo(frame.execution());
            assertThat(read.payload()).isEqualTo(frame.payload());
        }
        assertThatThrownBy(() -> FrameCodec.read(in)).isInstanceOf(EOFException.class);
    }

    @Test
    void theLongestFrameSurvives() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameCodec.write(Channels.newChannel(bytes), new Frame(2, 1, new byte[FrameCodec.MAX_PAYLOAD_BYTES]));
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
        assertThat(FrameCodec.read(Channels.newChannel(in)).payload()).hasSize(1 << 20);
    }

    /** Takes some bytes at a time, as a socket may. */
    private WritableByteChannel dribbling(ByteArrayOutputStream out) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) {
                int size = Math.min(from.remaining(), 1 + random.nextInt(40));
                for (int i = 0; i < size; i++) {
                    out.write(from.get());
                }
                return size;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    /** Gives some bytes at a time, as a socket may. */
    private ReadableByteChannel dribbling(ByteArrayInputStream in) {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) {
                byte[] some = new byte[Math.min(into.remaining(), 1 + random.nextInt(40))];
                int size = in.read(some, 0, some.length);
                if (size > 0) {
                    into.put(some, 0, size);
                }
                return size;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void aHelloOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> Hello.version(new Frame(FrameType.READY, 0, Answers.hello(1))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("where HELLO was wanted");
        byte[] text = "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> Hello.version(new Frame(FrameType.HELLO_BACK, 0, text)))
                .isInstanceOf(ProtocolException.class);
    }
}
