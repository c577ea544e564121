package io.reedact.runtime;

/** The best way of starting that an interpreter is capable of. */
public enum Start {
    /** A jail is built and the interpreter started when a job comes. */
    COLD,
    /** The interpreter can wait, warmed up, for its one job. */
    PARK,
    /** It can be forked after its warm-up. */
    FORK
}
