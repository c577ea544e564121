package io.reedact.policy.toml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a section or inline table, in the order of the file. Filled by whoever reads the file, then only read. */
public final class Table {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A key, where it stands, and its value. */
    public record Entry(String key, Place place, Node node) {}

    void add(Entry entry) {
        entries.put(entry.key(), entry);
    }

    /** All keys with their values, in the order of the file. */
    public Iterable<Entry> entries() {
        return entries.values();
    }

    int size() {
        return entries.size();
    }

    /** A key with its value; null if it is not there. */
    public @Nullable Entry find(String key) {
        return entries.get(key);
    }
}
