package io.reedact.wire;

/** The first frame either way. */
public final class Hello {
    /** The version of the protocol that this library speaks. */
    public static final int VERSION = 1;

    private static final int MAGIC = 0x52454443;

    private Hello() {}

    /** Ours. A control connection tells by its end that this process is gone. */
    public static Frame of(boolean control) {
        byte[] payload = new FieldWriter()
                .u32(MAGIC)
                .u16(VERSION)
                .u16(control ? 0 : 1)
                .u64(0)
                .done();
        return new Frame(FrameType.HELLO, 0, payload);
    }

    /**
     * The jailer's version.
     *
     * @throws ProtocolException if the frame is no HELLO of a jailer
     */
    public static int version(Frame answer) throws ProtocolException {
        if (answer.type() != FrameType.HELLO_BACK) {
            throw new ProtocolException("frame of type " + answer.type() + " where HELLO was wanted");
        }
        FieldReader in = new FieldReader(answer.payload());
        int version = in.u16();
        in.u16();
        in.u64();
        in.end();
        return version;
    }
}
