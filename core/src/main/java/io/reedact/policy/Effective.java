package io.reedact.policy;

import io.reedact.policy.PolicyFile.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What counts for one language after all files of a chain. Each file comes after the one that it extends, and in each file
 * the language's section after the top level: so what a file says at top level also replaces what the file that it extends
 * says for a language.
 */
final class Effective {
    private final Settings values = new Settings();
    private final Settings ceilings = new Settings();

    private Effective() {}

    /**
     * What counts after these files.
     *
     * @param chain from the file that extends nothing on
     * @param language whose sections count; null: none
     */
    static Effective of(List<PolicyFile> chain, @Nullable String language) {
        Effective effective = new Effective();
        for (PolicyFile file : chain) {
            effective.add(file.top());
            Section section = language == null ? null : file.languages().get(language);
            if (section != null) {
                effective.add(section);
            }
        }
        return effective;
    }

    private void add(Section section) {
        values.putAll(section.values());
        ceilings.putAll(section.ceilings());
    }

    /** The setting that counts; null where there is none and nothing is built in. */
    <T> @Nullable Setting<T> setting(Key<T> key) {
        Setting<T> set = values.find(key);
        T builtIn = key.builtIn();
        return set != null || builtIn == null ? set : new Setting<>(key, builtIn, null);
    }

    /** The ceiling that a file sets; null where the value itself is the ceiling. */
    <T> @Nullable Setting<T> explicitCeiling(Key<T> key) {
        return ceilings.find(key);
    }

    /** The most that a request may ask for; null: there is no limit. */
    <T> @Nullable Setting<T> ceiling(Key<T> key) {
        Setting<T> explicit = ceilings.find(key);
        return explicit == null ? setting(key) : explicit;
    }

    /** The value that counts; null where there is none and nothing is built in. */
    <T> @Nullable T optional(Key<T> key) {
        Setting<T> setting = setting(key);
        return setting == null ? null : setting.value();
    }

    /** The value that counts of a key that always has one. */
    <T> T value(Key<T> key) {
        T value = optional(key);
        if (value == null) {
            throw new AssertionError(key + " has no value and none is built in");
        }
        return value;
    }
}
