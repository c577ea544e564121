package io.reedact.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of keys, each with its place. What is put in later replaces what was there. */
final class Settings {
    private final Map<Key<?>, Setting<?>> settings = new LinkedHashMap<>();

    void put(Setting<?> setting) {
        settings.put(setting.key(), setting);
    }

    void putAll(Settings others) {
        settings.putAll(others.settings);
    }

    Iterable<Setting<?>> all() {
        return settings.values();
    }

    @SuppressWarnings("unchecked") // put() files a setting under its own key, whose type it has
    <T> @Nullable Setting<T> find(Key<T> key) {
        return (Setting<T>) settings.get(key);
    }
}
