package io.reedact.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a section or inline table, in the order of the file. Filled by whoever reads the file, then only read. */
final class Table {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A key, where it stands, and its value. */
    record Entry(String key, Place place, Node node) {}

    void add(Entry entry) {
        entries.put(entry.key(), entry);
    }

    Iterable<Entry> entries() {
        return entries.values();
    }

    int size() {
        return entries.size();
    }

    @Nullable
    Entry find(String key) {
        return entries.get(key);
    }
}
