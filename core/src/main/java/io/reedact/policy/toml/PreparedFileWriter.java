package io.reedact.policy.toml;

import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Build step: writes the TOML files that belong to the program as they are after parsing; see {@link PreparedFiles}. */
public final class PreparedFileWriter {
    /** Only whether there are problems counts. */
    private static final TomlReader.Grammar GRAMMAR =
            new TomlReader.Grammar(ProblemCode.POLICY_SYNTAX, ProblemCode.DUPLICATE_KEY);

    private final SourceText source;
    private final DataOutputStream out;

    private PreparedFileWriter(SourceText source, DataOutputStream out) {
        this.source = source;
        this.out = out;
    }

    /**
     * Writes a file {@code prepared} beside the TOML files in a directory and in all directories below it.
     *
     * @param arguments the directory
     * @throws IOException if a file can't be read or written, or is no TOML
     */
    public static void main(String[] arguments) throws IOException {
        Map<Path, List<Path>> byDirectory = new TreeMap<>();
        try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
            // Sorted, so that every build makes the same bytes.
            all.filter(file -> file.toString().endsWith(".toml"))
                    .sorted()
                    .forEach(file -> byDirectory
                            .computeIfAbsent(file.getParent(), directory -> new ArrayList<>())
                            .add(file));
        }
        for (Map.Entry<Path, List<Path>> directory : byDirectory.entrySet()) {
            Files.write(directory.getKey().resolve(PreparedFiles.NAME), prepare(directory.getValue()));
        }
    }

    /** Files as {@link PreparedFiles#read} reads them. */
    public static byte[] prepare(List<Path> files) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        out.writeInt(PreparedFiles.MAGIC);
        out.writeInt(files.size());
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            byte[] table = table(file, new String(bytes, StandardCharsets.UTF_8));
            writeInline(out, file.getFileName().toString());
            out.writeInt(bytes.length);
            out.writeLong(PreparedFiles.crc(bytes));
            out.writeInt(table.length);
            out.write(table);
        }
        return all.toByteArray();
    }

    private static byte[] table(Path file, String text) throws IOException {
        SourceText source = new SourceText(file.toString(), text);
        List<Problem> problems = new ArrayList<>();
        Table table = TomlReader.read(source, GRAMMAR, problems);
        if (!problems.isEmpty()) {
            throw new IOException("not valid TOML: " + problems.get(0));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new PreparedFileWriter(source, new DataOutputStream(bytes)).write(new Node(table, new Place(source, 1, 1)));
        return bytes.toByteArray();
    }

    private void write(Node node) throws IOException {
        Object value = node.value();
        if (value instanceof Table table) {
            writeTable(table, node.place());
        } else if (node.list() != null) {
            writeList(node.list(), node.place());
        } else if (value instanceof String text) {
            writeHead(PreparedFiles.TEXT, node.place());
            writeText(text, node.place());
        } else if (value instanceof Long number) {
            writeHead(PreparedFiles.LONG, node.place());
            out.writeLong(number);
        } else if (value instanceof Double number) {
            writeHead(PreparedFiles.DOUBLE, node.place());
            out.writeDouble(number);
        } else if (value instanceof Boolean set) {
            writeHead(set ? PreparedFiles.TRUE : PreparedFiles.FALSE, node.place());
        } else {
            throw new IOException(node.place() + ": no policy has dates");
        }
    }

    private void writeHead(int kind, Place place) throws IOException {
        out.writeByte(kind);
        writePlace(place);
    }

    private void writePlace(Place place) throws IOException {
        if (place.column() > PreparedFiles.COLUMN_MASK) {
            throw new IOException(place + ": the line is too long");
        }
        out.writeInt(place.line() << PreparedFiles.COLUMN_BITS | place.column());
    }

    private void writeTable(Table table, Place place) throws IOException {
        writeHead(PreparedFiles.TABLE, place);
        out.writeInt(table.size());
        for (Entry entry : table.entries()) {
            writeText(entry.key(), entry.place());
            writePlace(entry.place());
            write(entry.node());
        }
    }

    private void writeList(List<Node> list, Place place) throws IOException {
        writeHead(PreparedFiles.LIST, place);
        out.writeInt(list.size());
        for (Node item : list) {
            write(item);
        }
    }

    /** Where a text stands in the source as it is, only its place is written: most of a file are texts. */
    private void writeText(String text, Place place) throws IOException {
        int start = source.text().indexOf(text, offset(place));
        boolean near = start >= 0 && start <= offset(place) + 1;
        out.writeInt(near ? start : PreparedFiles.INLINE);
        if (near) {
            out.writeInt(text.length());
        } else {
            writeInline(out, text);
        }
    }

    private static void writeInline(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private int offset(Place place) {
        int start = 0;
        for (int i = 1; i < place.line(); i++) {
            start = source.text().indexOf('\n', start) + 1;
        }
        return source.text().offsetByCodePoints(start, place.column() - 1);
    }
}
