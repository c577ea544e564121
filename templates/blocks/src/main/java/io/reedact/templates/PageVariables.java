package io.reedact.templates;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one page: its data, and the results of its blocks, which are waited for where they are looked up. For the
 * thread that renders the page.
 */
public final class PageVariables extends AbstractMap<String, @Nullable Object> {
    private final Map<String, ?> data;
    private final Map<String, @Nullable Object> results = new HashMap<>();
    private boolean peeking;

    /** With the page's data, which stays as it is. */
    public PageVariables(Map<String, ?> data) {
        this.data = data;
    }

    /** Whether the page's data has a variable of that name. */
    public boolean isData(String name) {
        return data.containsKey(name);
    }

    /** What a look-up gives where a pending result is not waited for but given as it is, a {@link Pending}. */
    public <T> T peek(Supplier<T> lookUp) {
        peeking = true;
        try {
            return lookUp.get();
        } finally {
            peeking = false;
        }
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        return results.put(name, value);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if (!results.containsKey(name)) {
            return data.get(name);
        }
        Object value = results.get(name);
        return value instanceof Pending pending && !peeking ? pending.await() : value;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return results.containsKey(name) || data.containsKey(name);
    }

    @Override
    public Set<String> keySet() {
        Set<String> names = new LinkedHashSet<>(data.keySet());
        names.addAll(results.keySet());
        return names;
    }

    /** Waits for each result as it comes to it. */
    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        Set<String> names = keySet();
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, @Nullable Object>> iterator() {
                return names.stream()
                        .<Entry<String, @Nullable Object>>map(
                                name -> new SimpleEntry<>(name, PageVariables.this.get(name)))
                        .iterator();
            }

            @Override
            public int size() {
                return names.size();
            }
        };
    }
}
