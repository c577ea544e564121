package io.reedact.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Reads and writes frames: u32 length of the payload, u8 type, u32 execution, payload; big-endian. */
public final class FrameCodec {
    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 1 << 20;

    /** The length of what precedes the payload, in bytes. */
    public static final int HEADER_BYTES = 9;

    private FrameCodec() {}

    /**
     * Reads one frame; blocks until it is whole. The length is checked before memory is taken for it.
     *
     * @throws EOFException if the channel ended, between frames or inside one
     * @throws ProtocolException if it claims to be too long
     */
    public static Frame read(ReadableByteChannel in) throws IOException {
        ByteBuffer header = fill(in, ByteBuffer.allocate(HEADER_BYTES));
        int length = header.getInt();
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new ProtocolException("frame of " + Integer.toUnsignedString(length) + " bytes, at most "
                    + MAX_PAYLOAD_BYTES + " allowed");
        }
        int type = Byte.toUnsignedInt(header.get());
        int execution = header.getInt();
        return new Frame(type, execution, fill(in, ByteBuffer.allocate(length)).array());
    }

    /**
     * Writes one frame; blocks until it is on its way.
     *
     * @throws IllegalArgumentException if the payload is too long
     */
    public static void write(WritableByteChannel out, Frame frame) throws IOException {
        int length = frame.payload().length;
        if (length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload of " + length + " bytes, at most " + MAX_PAYLOAD_BYTES + " allowed");
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + length);
        bytes.putInt(length).put((byte) frame.type()).putInt(frame.execution()).put(frame.payload());
        bytes.flip();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static ByteBuffer fill(ReadableByteChannel in, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                throw new EOFException(
                        buffer.position() == 0
                                ? "the jailer closed the connection"
                                : "the jailer closed the connection inside a frame");
            }
        }
        return buffer.flip();
    }
}
