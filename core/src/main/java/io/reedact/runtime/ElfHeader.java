package io.reedact.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The little of an ELF program's header that tells its dynamic linker (elf(5)). */
final class ElfHeader {
    private static final int MAGIC = 0x464c457f;
    private static final int HEADER_BYTES = 64;
    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int PT_INTERP = 3;
    private static final int LONGEST_PATH = 4096;

    private ElfHeader() {}

    /**
     * The path of the dynamic linker; empty for a static program.
     *
     * @throws IOException if the file can't be read, or is no 64-bit ELF program, for example a script
     */
    static String loader(Path program) throws IOException {
        try (FileChannel file = FileChannel.open(program)) {
            ByteBuffer header = read(file, 0, HEADER_BYTES);
            if (header.remaining() < HEADER_BYTES || header.getInt(0) != MAGIC || header.get(4) != 2) {
                throw new IOException(program + " is no 64-bit program; a version manager's script is not one either");
            }
            long offset = header.getLong(32);
            int size = Short.toUnsignedInt(header.getShort(54));
            int count = Short.toUnsignedInt(header.getShort(56));
            for (int i = 0; i < count && size >= PROGRAM_HEADER_BYTES; i++) {
                ByteBuffer part = read(file, offset + (long) i * size, PROGRAM_HEADER_BYTES);
                if (part.remaining() == PROGRAM_HEADER_BYTES && part.getInt(0) == PT_INTERP) {
                    return text(file, part.getLong(8), part.getLong(32));
                }
            }
            return "";
        }
    }

    private static String text(FileChannel file, long offset, long size) throws IOException {
        ByteBuffer bytes = read(file, offset, (int) Math.min(size, LONGEST_PATH));
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static ByteBuffer read(FileChannel file, long offset, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        int got = 0;
        while (bytes.hasRemaining() && got >= 0) {
            got = file.read(bytes, offset + bytes.position());
        }
        return bytes.flip();
    }
}
