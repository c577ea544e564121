package io.reedact.policy.toml;

import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.SourceText;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The TOML files that belong to the program, as they are after parsing. To parse them costs a fresh JVM tens of
 * milliseconds, which every {@code reedact run} would pay; to read this costs a few. {@link PreparedFileWriter} makes it at
 * build time, beside the files.
 *
 * <p>A prepared file counts only for a file with the same bytes (length and CRC-32): who changes a bundled file, or puts
 * another of the same name before it, gets what he wrote. Without it everything is parsed.
 */
public final class PreparedFiles {
    /** Beside the files that it is made of. */
    static final String NAME = "prepared";

    static final int MAGIC = 0x52505201;

    /** Kinds of nodes. */
    static final int TABLE = 0;

    static final int LIST = 1;
    static final int TEXT = 2;
    static final int LONG = 3;
    static final int DOUBLE = 4;
    static final int FALSE = 5;
    static final int TRUE = 6;

    /** Stands for the place of a text in the source where the text is not there as it is: it was written with escapes. */
    static final int INLINE = -1;

    /** Lines and columns share an int: files have at most 2²⁰ bytes, and a line of 4,096 columns is one too long to read. */
    static final int COLUMN_BITS = 12;

    static final int COLUMN_MASK = (1 << COLUMN_BITS) - 1;

    private final Map<String, Prepared> files;

    private PreparedFiles(Map<String, Prepared> files) {
        this.files = files;
    }

    private record Prepared(int length, long crc, ByteBuffer table) {}

    /** The prepared files of a directory; none if it has none, or not those of this version. */
    public static PreparedFiles of(@Nullable Path directory) {
        try {
            Path file = directory == null ? null : directory.resolve(NAME);
            return read(file == null || !Files.exists(file) ? new byte[0] : Files.readAllBytes(file));
        } catch (IOException e) {
            return new PreparedFiles(Map.of()); // parsing is slower and says the same
        }
    }

    /** Prepared files from the bytes that {@link PreparedFileWriter} made of them; none if they are none, or cut off. */
    public static PreparedFiles read(byte[] bytes) {
        Map<String, Prepared> files = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            for (int count = bytes.length > 0 && in.getInt() == MAGIC ? in.getInt() : 0; count > 0; count--) {
                String name = inlineText(in);
                int length = in.getInt();
                long crc = in.getLong();
                int tableLength = in.getInt();
                files.put(name, new Prepared(length, crc, in.slice(in.position(), tableLength)));
                in.position(in.position() + tableLength);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return new PreparedFiles(Map.of());
        }
        return new PreparedFiles(files);
    }

    /**
     * The table of a file; null if it is not prepared with just these bytes.
     *
     * @param fileName the last part of its path
     * @param source the same bytes as text
     */
    public @Nullable Table find(String fileName, byte[] bytes, SourceText source) {
        Prepared prepared = files.get(fileName);
        if (prepared == null || prepared.length() != bytes.length || prepared.crc() != crc(bytes)) {
            return null;
        }
        try {
            return new NodeReader(prepared.table().duplicate(), source)
                    .readNode()
                    .table();
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null; // cut off: parsing says the same
        }
    }

    static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static String inlineText(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Reads what PreparedFileWriter wrote. */
    private record NodeReader(ByteBuffer in, SourceText source) {

        Node readNode() {
            int kind = in.get();
            Place place = readPlace();
            return new Node(
                    switch (kind) {
                        case TABLE -> readTable();
                        case LIST -> readList();
                        case TEXT -> readText();
                        case LONG -> in.getLong();
                        case DOUBLE -> in.getDouble();
                        case FALSE, TRUE -> kind == TRUE;
                        default -> throw new IllegalArgumentException("unknown kind of node " + kind);
                    },
                    place);
        }

        private Place readPlace() {
            int place = in.getInt();
            return new Place(source, place >>> COLUMN_BITS, place & COLUMN_MASK);
        }

        private Table readTable() {
            Table table = new Table();
            for (int count = in.getInt(); count > 0; count--) {
                String key = readText();
                table.add(new Entry(key, readPlace(), readNode()));
            }
            return table;
        }

        private List<Node> readList() {
            int count = in.getInt();
            List<Node> list = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                list.add(readNode());
            }
            return list;
        }

        private String readText() {
            int start = in.getInt();
            return start == INLINE ? inlineText(in) : source.text().substring(start, start + in.getInt());
        }
    }
}
