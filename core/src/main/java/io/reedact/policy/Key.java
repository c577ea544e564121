package io.reedact.policy;

import org.jspecify.annotations.Nullable;

/** A key of a policy file, with the type of its value. Keys are compared by identity; {@link Keys} has all of them. */
final class Key<T> {
    /** Where a key may stand. */
    enum Home {
        /** At top level and in the sections of languages, and there in [ceiling] too. */
        LIMIT,
        /** At top level and in [ceiling] only: it counts for whole pages, which mix languages. */
        PAGE_LIMIT,
        /** At top level and in the sections of languages. */
        RULE,
        /** In the sections of languages only. */
        LANGUAGE
    }

    private final String name;
    private final Home home;
    private final Kind<T> kind;
    private final @Nullable T builtIn;

    Key(String name, Home home, Kind<T> kind, @Nullable T builtIn) {
        this.name = name;
        this.home = home;
        this.kind = kind;
        this.builtIn = builtIn;
    }

    String name() {
        return name;
    }

    Home home() {
        return home;
    }

    Kind<T> kind() {
        return kind;
    }

    /** What counts where no file says anything; null: no limit, or everything. */
    @Nullable
    T builtIn() {
        return builtIn;
    }

    boolean isLimit() {
        return home == Home.LIMIT || home == Home.PAGE_LIMIT;
    }

    @Override
    public String toString() {
        return name;
    }
}
