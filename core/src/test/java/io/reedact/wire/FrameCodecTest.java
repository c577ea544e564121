package io.reedact.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
    private static Frame read(int... bytes) throws IOException {
        byte[] given = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            given[i] = (byte) bytes[i];
        }
        return FrameCodec.read(Channels.newChannel(new ByteArrayInputStream(given)));
    }

    @Test
    void refusesAFrameLongerThanTheLimitBeforeAllocatingIt() {
        assertThatThrownBy(() -> read(-1, -1, -1, -1, 0, 0, 0, 0, 0))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("frame of 4294967295 bytes, at most 1048576 allowed");
        assertThatThrownBy(() -> read(0, 0x10, 0, 1, 0, 0, 0, 0, 0)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void tellsAnEndBetweenFramesFromOneInside() {
        assertThatThrownBy(FrameCodecTest::read)
                .isInstanceOf(EOFException.class)
                .hasMessage("the jailer closed the connection");
        assertThatThrownBy(() -> read(0, 0, 0)).isInstanceOf(EOFException.class).hasMessageContaining("inside a frame");
        assertThatThrownBy(() -> read(0, 0, 0, 2, 1, 0, 0, 0, 0, 5))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("inside a frame");
    }

    @Test
    void readsAnEmptyPayload() throws IOException {
        Frame frame = read(0, 0, 0, 0, 6, 0, 0, 1, 0);
        assertThat(frame.type()).isEqualTo(FrameType.CANCEL);
        assertThat(frame.execution()).isEqualTo(256);
        assertThat(frame.payload()).isEmpty();
    }

    @Test
    void writesNothingThatIsTooLong() {
        Frame frame = new Frame(1, 0, new byte[FrameCodec.MAX_PAYLOAD_BYTES + 1]);
        assertThatThrownBy(() -> FrameCodec.write(Channels.newChannel(new java.io.ByteArrayOutputStream()), frame))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Decoders of what the jailer sends, by name. */
    private interface Decoder {
        Object decode(byte[] payload) throws ProtocolException;
    }

    @Test
    void anyBytesAreDecodedOrRefused() {
        List<Decoder> decoders = List.of(
                OutcomeFacts::decode,
                Refusal::decode,
                Facts::decode,
                Messages.Credit::decode,
                Messages.Piece::decode,
                Messages::ready);
        Random random = new Random(7);
        int refused = 0;
        int decoded = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] payload = new byte[random.nextInt(200)];
            random.nextBytes(payload);
            if (random.nextBoolean()) {
                Arrays.fill(payload, 0, payload.length / 2, (byte) 0);
            }
            try {
                decoded += decoders.get(round % decoders.size()).decode(payload) == null ? 0 : 1;
            } catch (ProtocolException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(refused + decoded).isEqualTo(20_000);
    }

    @Test
    void everyCutOfAnOutcomeIsRefused() throws IOException {
        FieldWriter whole = new FieldWriter().u8(0).u32(0).u32(0).u8(0).u64(0).u64(0);
        whole.u64(0).u64(0).u64(0).u64(0).u32(0);
        for (int i = 0; i < 7 + 3; i++) {
            whole.u64(0);
        }
        byte[] payload = whole.u64(0).u32(7).u8(0).u32(0).done();
        assertThat(OutcomeFacts.decode(payload).landlockAbi()).isEqualTo(7);
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> OutcomeFacts.decode(cut)).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> OutcomeFacts.decode(Arrays.copyOf(payload, payload.length + 1)))
                .hasMessageContaining("behind the last field");
    }
}
