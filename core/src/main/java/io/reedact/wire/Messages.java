package io.reedact.wire;

/** Frames with few fields. */
public final class Messages {
    /** At most so many bytes of data go into one frame. */
    public static final int CHUNK_BYTES = 1 << 16;

    /** At most so many bytes of the job, and of standard input, may be on their way before credit comes back. */
    public static final int WINDOW_BYTES = 1 << 18;

    /** Channels of a guest, by descriptor. */
    public static final int STDIN = 0;
    /** Standard output. */
    public static final int STDOUT = 1;
    /** Standard error. */
    public static final int STDERR = 2;
    /** The job. */
    public static final int JOB = 3;
    /** The value document. */
    public static final int VALUE = 4;

    private Messages() {}

    /** A piece of a job or of standard input: {@code length} bytes from {@code offset}. */
    public static byte[] data(byte[] bytes, int offset, int length) {
        boolean last = offset + length == bytes.length;
        return new FieldWriter().u8(last ? 1 : 0).raw(bytes, offset, length).done();
    }

    /** The jail time of READY, in nanoseconds. */
    public static long ready(byte[] payload) throws ProtocolException {
        FieldReader in = new FieldReader(payload);
        long nanos = in.count();
        in.end();
        return nanos;
    }

    /** CREDIT: so many bytes more may be sent to this channel. */
    public record Credit(int channel, int bytes) {
        /** Reads the payload of CREDIT. */
        public static Credit decode(byte[] payload) throws ProtocolException {
            FieldReader in = new FieldReader(payload);
            Credit credit = new Credit(in.u8(), in.u32());
            in.end();
            if (credit.bytes < 0 || credit.bytes > WINDOW_BYTES || (credit.channel != STDIN && credit.channel != JOB)) {
                throw new ProtocolException("credit of " + credit.bytes + " bytes for channel " + credit.channel);
            }
            return credit;
        }
    }

    /** OUTPUT: bytes that the guest wrote to a channel. */
    public record Piece(int channel, byte[] bytes) {
        /** Reads the payload of OUTPUT. */
        public static Piece decode(byte[] payload) throws ProtocolException {
            FieldReader in = new FieldReader(payload);
            int channel = in.u8();
            if (channel != STDOUT && channel != STDERR && channel != VALUE) {
                throw new ProtocolException("output on channel " + channel);
            }
            return new Piece(channel, in.rest());
        }
    }
}
