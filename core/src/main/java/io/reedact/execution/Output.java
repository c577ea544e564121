package io.reedact.execution;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What a guest wrote to one of its streams, up to {@code output_limit}. */
public final class Output {
    /** A stream to which nothing was written. */
    public static final Output NONE = new Output(new byte[0], false);

    private final byte[] bytes;
    private final boolean truncated;

    /**
     * @param bytes what is kept; not copied
     * @param truncated whether the guest wrote more than was kept
     */
    public Output(byte[] bytes, boolean truncated) {
        this.bytes = bytes;
        this.truncated = truncated;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes kept. */
    public int size() {
        return bytes.length;
    }

    /** Whether the guest wrote more than was kept. */
    public boolean truncated() {
        return truncated;
    }

    /** As UTF-8 text; what is none becomes U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether the bytes are UTF-8; a character that was cut at the limit counts as not. */
    public boolean isText() {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text != null;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
