package io.reedact.policy;

import io.reedact.unit.ByteSize;
import org.jspecify.annotations.Nullable;

/** Puts the limits together that count for a language. */
final class LimitsOf {
    private final Effective effective;
    private final boolean ceilings;

    private LimitsOf(Effective effective, boolean ceilings) {
        this.effective = effective;
        this.ceilings = ceilings;
    }

    /** What an execution gets without asking. */
    static Limits values(Effective effective) {
        return new LimitsOf(effective, false).limits();
    }

    /** What a request may ask for at most. */
    static Limits ceilings(Effective effective) {
        return new LimitsOf(effective, true).limits();
    }

    private Limits limits() {
        ByteSize memory = get(Keys.MEMORY_LIMIT);
        return new Limits(
                memory,
                get(Keys.TIMEOUT),
                find(Keys.CPU_TIME),
                get(Keys.CPU_QUOTA),
                get(Keys.OUTPUT_LIMIT),
                get(Keys.VALUE_LIMIT),
                get(Keys.PROCESS_LIMIT),
                Limits.atMostHalf(get(Keys.DISK_LIMIT), memory),
                get(Keys.INODE_LIMIT),
                get(Keys.OPEN_FILES_LIMIT),
                get(Keys.FILE_SIZE_LIMIT),
                get(Keys.PAGE_BLOCKS),
                get(Keys.PAGE_TIMEOUT));
    }

    private <T> @Nullable T find(Key<T> key) {
        Setting<T> setting = ceilings ? effective.ceiling(key) : effective.setting(key);
        return setting == null ? null : setting.value();
    }

    private <T> T get(Key<T> key) {
        T value = find(key);
        if (value == null) {
            throw new AssertionError(key + " has no value and none is built in");
        }
        return value;
    }
}
