package io.reedact.execution;

/** The limits at which an execution is killed. Those that only refuse are counted in {@link LimitHits}. */
public enum LimitKind {
    /** {@code memory_limit}, in bytes. */
    MEMORY("memory"),
    /** {@code cpu_time}, in nanoseconds. */
    CPU_TIME("cpu_time"),
    /** {@code timeout}, in nanoseconds. */
    WALL_TIME("wall_time"),
    /** {@code output_limit}, in bytes of one stream. */
    OUTPUT("output"),
    /** {@code value_limit}, in bytes. */
    VALUE("value");

    private final String label;

    LimitKind(String label) {
        this.label = label;
    }

    /** As results show it, for example {@code wall_time}. */
    public String label() {
        return label;
    }

    /** Whether its limit and what was used are nanoseconds; otherwise they are bytes. */
    public boolean isTime() {
        return this == CPU_TIME || this == WALL_TIME;
    }
}
