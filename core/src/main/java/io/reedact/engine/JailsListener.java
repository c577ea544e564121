package io.reedact.engine;

import io.reedact.execution.Outcome;
import io.reedact.problem.ProblemException;
import java.time.Duration;

/**
 * Gets events of a {@link Jails}. Called on the threads that run executions: return soon. Never given inputs, code or
 * output. An exception thrown here is handed to the thread's uncaught exception handler, and the execution goes on.
 */
public interface JailsListener {
    /** An execution has to wait for a slot; so many wait with it. */
    default void queued(int waiting) {}

    /** An execution got its slot after this time. */
    default void admitted(String language, String policy, Duration waited) {}

    /** An execution has an outcome. */
    default void finished(Outcome outcome) {}

    /** An execution came to no outcome. */
    default void refused(ProblemException problem) {}

    /** A jailer that was gone has been replaced. */
    default void jailerRestarted() {}
}
