package io.reedact.execution;

/** How a jail came to its guest. */
public enum StartKind {
    /** A jail was built and the interpreter started for this execution. */
    COLD("cold");

    private final String label;

    StartKind(String label) {
        this.label = label;
    }

    /** As results show it, for example {@code cold}. */
    @Override
    public String toString() {
        return label;
    }
}
