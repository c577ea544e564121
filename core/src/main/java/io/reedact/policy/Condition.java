package io.reedact.policy;

/**
 * A test of one argument of a system call: (argument &amp; mask) = value, or not.
 *
 * @param argument 0 to 5
 * @param equal false: holds where the two differ
 * @param mask the bits that are looked at
 * @param value what they are compared with; within the mask
 */
public record Condition(int argument, boolean equal, long mask, long value) {
    public Condition {
        if (argument < 0 || argument > 5) {
            throw new IllegalArgumentException("a system call has arguments 0 to 5, found " + argument);
        }
        if ((value & ~mask) != 0) {
            throw new IllegalArgumentException(
                    "can never hold: 0x" + Long.toHexString(value) + " under the mask 0x" + Long.toHexString(mask));
        }
    }

    /** True if the condition holds for a call with these arguments. */
    public boolean holds(long... arguments) {
        return ((arguments[argument] & mask) == value) == equal;
    }
}
