package io.reedact.policy;

import io.reedact.policy.toml.Place;
import org.jspecify.annotations.Nullable;

/** A key with its value and the place that gave it; no place: it is built in. */
record Setting<T>(Key<T> key, T value, @Nullable Place place) {

    String shown() {
        return key.kind().show(value);
    }

    /** Where the value comes from: {@code file:line}, or that it is built in. */
    String origin() {
        return place == null ? "built in" : place.toString();
    }

    /** True for the very same setting: an equal value at another place is another one. */
    @SuppressWarnings("ReferenceEquality") // just that is meant
    boolean is(@Nullable Setting<?> that) {
        return this == that || (that != null && place == null && that.place == null && key == that.key);
    }
}
