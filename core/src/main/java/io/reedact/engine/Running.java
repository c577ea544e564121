package io.reedact.engine;

import io.reedact.execution.Outcome;
import java.util.concurrent.CompletableFuture;

/** An execution that was started and not waited for. */
public final class Running {
    private final CompletableFuture<Outcome> future = new CompletableFuture<>();
    private final Cancellation cancellation;

    Running(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /**
     * Its outcome when there is one; completed exceptionally with a {@link io.reedact.problem.ProblemException} where it came
     * to none. Cancelling the future does not end the execution: {@link #cancel} does.
     */
    public CompletableFuture<Outcome> future() {
        return future;
    }

    /** Ends it, if it has not ended yet: its outcome is then {@link Outcome.Cancelled}, with what it used. Returns at once. */
    public void cancel() {
        cancellation.cancel();
    }

    Cancellation cancellation() {
        return cancellation;
    }
}
