package io.reedact.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** Appends the fields of a payload. */
final class FieldWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    FieldWriter u8(int value) {
        bytes.write(value);
        return this;
    }

    FieldWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    FieldWriter u32(int value) {
        return u16(value >> 16).u16(value);
    }

    FieldWriter u64(long value) {
        return u32((int) (value >> 32)).u32((int) value);
    }

    FieldWriter raw(byte[] value, int offset, int length) {
        bytes.write(value, offset, length);
        return this;
    }

    FieldWriter bytes(byte[] value) {
        return u32(value.length).raw(value, 0, value.length);
    }

    FieldWriter string(String value) {
        if (value.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a string of the protocol has no NUL: " + value.replace('\0', '␀'));
        }
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    <T> FieldWriter list(List<T> items, BiConsumer<FieldWriter, T> write) {
        if (items.size() > FieldReader.LONGEST_LIST) {
            throw new TooLargeException(
                    "list of " + items.size() + ", at most " + FieldReader.LONGEST_LIST + " allowed");
        }
        u32(items.size());
        for (T item : items) {
            write.accept(this, item);
        }
        return this;
    }

    byte[] done() {
        return bytes.toByteArray();
    }
}
