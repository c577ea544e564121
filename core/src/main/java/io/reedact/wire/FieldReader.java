package io.reedact.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes the fields of a payload; nothing is believed before it is checked against what is there. */
final class FieldReader {
    static final int LONGEST_LIST = 4096;

    private final ByteBuffer bytes;

    FieldReader(byte[] payload) {
        bytes = ByteBuffer.wrap(payload);
    }

    int u8() throws ProtocolException {
        require(1);
        return Byte.toUnsignedInt(bytes.get());
    }

    int u16() throws ProtocolException {
        require(2);
        return Short.toUnsignedInt(bytes.getShort());
    }

    int u32() throws ProtocolException {
        require(4);
        return bytes.getInt();
    }

    long u64() throws ProtocolException {
        require(8);
        return bytes.getLong();
    }

    /** A number of 64 bits that has to be one in Java, too. */
    long count() throws ProtocolException {
        long value = u64();
        if (value < 0) {
            throw new ProtocolException("number of " + Long.toUnsignedString(value) + ", at most 2^63 - 1 allowed");
        }
        return value;
    }

    byte[] rest() {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }

    String string() throws ProtocolException {
        int length = u32();
        if (length < 0) {
            throw new ProtocolException("string of " + Integer.toUnsignedString(length) + " bytes");
        }
        require(length);
        byte[] text = new byte[length];
        bytes.get(text);
        String string = new String(text, StandardCharsets.UTF_8);
        if (string.indexOf(0) >= 0) {
            throw new ProtocolException("string with NUL");
        }
        return string;
    }

    <T> List<T> list(ItemReader<T> read) throws ProtocolException {
        int size = u32();
        if (size < 0 || size > LONGEST_LIST) {
            throw new ProtocolException(
                    "list of " + Integer.toUnsignedString(size) + ", at most " + LONGEST_LIST + " allowed");
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(read.read(this));
        }
        return items;
    }

    void end() throws ProtocolException {
        if (bytes.hasRemaining()) {
            throw new ProtocolException(bytes.remaining() + " bytes behind the last field");
        }
    }

    private void require(int size) throws ProtocolException {
        if (bytes.remaining() < size) {
            throw new ProtocolException("field of " + size + " bytes cut off after " + bytes.remaining());
        }
    }

    /** Reads one item of a list. */
    interface ItemReader<T> {
        T read(FieldReader fields) throws ProtocolException;
    }
}
