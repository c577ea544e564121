package io.reedact.jailer;

import io.reedact.unit.Durations;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What must not suffer from the interrupt of whoever asks for it. A thread that is interrupted closes the channel that it
 * uses (InterruptibleChannel), and the end of the control connection is the end of every jail.
 */
final class Undisturbed {
    private Undisturbed() {}

    /** Something to do, or to wait for, that may fail. */
    interface Work<T> {
        T call() throws IOException;
    }

    /**
     * Does work on a thread that nobody else knows and blocks until it is done. An interrupt meanwhile is kept for later.
     *
     * @throws IOException as the work does, or if it is not done in time; it may go on then
     */
    static <T> T within(Duration longest, Work<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work::call);
        Thread thread = new Thread(task, "reedact-jailer");
        thread.setDaemon(true);
        thread.start();
        try {
            return patiently(longest, left -> task.get(left, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            InterruptedIOException late = new InterruptedIOException("no answer within " + Durations.format(longest));
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
    }

    private static IOException failed(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    /** Whether a process ends within this time. An interrupt meanwhile is kept for later. */
    static boolean isEnding(Process process, Duration longest) {
        try {
            return patiently(longest, left -> process.waitFor(left, TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("waiting for a process knows neither", e);
        }
    }

    private interface Wait<T> {
        T until(long nanos) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static <T> T patiently(Duration longest, Wait<T> wait) throws ExecutionException, TimeoutException {
        long end = System.nanoTime() + longest.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.until(end - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
