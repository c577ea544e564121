package io.reedact.wire;

/**
 * No job ran, and why.
 *
 * @param kind whose fault it is
 * @param step of making the jail, or the layer that is missing
 * @param errno of the kernel, 0 where it was not asked
 * @param detail more about it, may be empty
 */
public record Refusal(Kind kind, String step, int errno, String detail) {
    /** Why, in the protocol's order. */
    public enum Kind {
        /** The host lacks a layer that the policy wants. */
        LAYER,
        /** The spec can't be used. */
        SPEC,
        /** The host is out of processes, memory, ids or descriptors. */
        RESOURCES,
        /** The interpreter did not become ready. */
        INTERPRETER,
        /** The kernel refused a step. */
        STEP
    }

    /** Reads the payload of REFUSED. */
    public static Refusal decode(byte[] payload) throws ProtocolException {
        FieldReader in = new FieldReader(payload);
        int kind = in.u8();
        if (kind >= Kind.values().length) {
            throw new ProtocolException("refusal of kind " + kind);
        }
        Refusal refusal = new Refusal(Kind.values()[kind], in.string(), in.u32(), in.string());
        in.end();
        return refusal;
    }
}
