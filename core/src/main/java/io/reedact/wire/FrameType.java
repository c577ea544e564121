package io.reedact.wire;

/** The types of frames; the numbers are the protocol's. */
public final class FrameType {
    /** Client: role and version. */
    public static final int HELLO = 0x01;
    /** Client: the jail wanted. */
    public static final int SPEC = 0x02;
    /** Client: the limits of the job; time and memory count from here. */
    public static final int JOB = 0x03;
    /** Client: a piece of the job document. */
    public static final int JOB_DATA = 0x04;
    /** Client: a piece of standard input. */
    public static final int STDIN_DATA = 0x05;
    /** Client: kill the jail and say what it used. */
    public static final int CANCEL = 0x06;
    /** Client: tell what the host has. */
    public static final int PROBE = 0x07;
    /** Jailer: its version. */
    public static final int HELLO_BACK = 0x81;
    /** Jailer: the guest waits for its job. */
    public static final int READY = 0x82;
    /** Jailer: so much more may be sent. */
    public static final int CREDIT = 0x83;
    /** Jailer: a piece of the guest's output. */
    public static final int OUTPUT = 0x84;
    /** Jailer: how it ended. */
    public static final int OUTCOME = 0x85;
    /** Jailer: no job ran. */
    public static final int REFUSED = 0x86;
    /** Jailer: what the host has. */
    public static final int FACTS = 0x87;

    private FrameType() {}
}
