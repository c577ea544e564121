package io.reedact.cli;

import io.reedact.engine.Running;
import io.reedact.execution.Outcome;
import io.reedact.problem.ProblemException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Ctrl-C while an execution runs: the jail is killed, and what it had written until then is still told. The JVM runs its
 * shutdown hooks beside the main thread, so the hook cancels and then waits for the main thread to have finished.
 */
final class Interrupt {
    private static final long PATIENCE_SECONDS = 5;

    private Interrupt() {}

    /** Waits for an execution and tells its outcome, as {@code wait} does it; an interrupt in between cancels it. */
    static int guard(Runnable cancel, IntSupplier wait) {
        CountDownLatch reported = new CountDownLatch(1);
        Thread hook = new Thread(() -> cancel(cancel, reported));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return wait.getAsInt();
        } finally {
            reported.countDown();
            release(hook);
        }
    }

    /**
     * Waits for the outcome.
     *
     * @throws ProblemException if there is none
     */
    static Outcome outcome(Running running) {
        try {
            return running.future().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw e;
        }
    }

    private static void cancel(Runnable cancel, CountDownLatch reported) {
        cancel.run();
        try {
            boolean inTime = reported.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                return; // the JVM ends, and the jailer ends every jail with it
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it runs: that is what it is for
        }
    }
}
