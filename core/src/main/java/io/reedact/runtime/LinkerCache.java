package io.reedact.runtime;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that tells the dynamic linker where a program's libraries are: {@code /etc/ld.so.cache} of the GNU C library
 * (ldconfig(8); its form is in the library's {@code dl-cache.h}, the same since 2.2). Without one the linker looks for each
 * library in dozens of folders that don't exist. What it names and is not there is looked for as before.
 */
final class LinkerCache {
    private static final String MAGIC = "glibc-ld.so.cache1.1";
    private static final String GNU_LOADER = "ld-linux-x86-64.so.2";
    private static final int HEADER_BYTES = 48;
    private static final int ENTRY_BYTES = 24;

    /** An ELF library for the GNU C library, of x86-64. */
    private static final int LIBRARY_KIND = 0x0303;

    private static final byte LITTLE_ENDIAN = 2;

    private LinkerCache() {}

    /** The file's content for these libraries; empty where the loader is not one that reads it. */
    static byte[] of(String loader, List<String> libraries) {
        if (!loader.endsWith("/" + GNU_LOADER) || libraries.isEmpty()) {
            return new byte[0];
        }
        Map<String, String> paths = new LinkedHashMap<>();
        libraries.forEach(path -> paths.putIfAbsent(Path.of(path).getFileName().toString(), path));
        List<String> names = new ArrayList<>(paths.keySet());
        names.sort(Collections.reverseOrder(LinkerCache::compare)); // it searches from the greatest name down
        ByteBuffer entries = buffer(names.size() * ENTRY_BYTES);
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        int start = HEADER_BYTES + entries.capacity();
        for (String name : names) {
            entries.putInt(LIBRARY_KIND);
            for (String text : new String[] {name, paths.get(name)}) {
                entries.putInt(start + texts.size());
                texts.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
            }
            entries.putInt(0).putLong(0);
        }
        return buffer(start + texts.size())
                .put(MAGIC.getBytes(StandardCharsets.US_ASCII))
                .putInt(names.size())
                .putInt(texts.size())
                .put(LITTLE_ENDIAN)
                .position(HEADER_BYTES)
                .put(entries.flip())
                .put(texts.toByteArray())
                .array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The linker's own order: digits count as numbers, and come after everything else. */
    static int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            int endOne = partEnd(one, i);
            int endOther = partEnd(other, j);
            boolean isNumber = isDigit(one.charAt(i));
            if (isNumber != isDigit(other.charAt(j))) {
                return isNumber ? 1 : -1;
            }
            int order = isNumber
                    ? new BigInteger(one.substring(i, endOne)).compareTo(new BigInteger(other.substring(j, endOther)))
                    : Character.compare(one.charAt(i), other.charAt(j));
            if (order != 0) {
                return order;
            }
            i = endOne;
            j = endOther;
        }
        return Integer.compare(one.length() - i, other.length() - j);
    }

    private static int partEnd(String text, int start) {
        int end = start + 1;
        while (isDigit(text.charAt(start)) && end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
