package io.reedact.cli;

import io.reedact.engine.JailsListener;
import io.reedact.engine.Running;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Loads what telling an outcome needs while the jail is being built: the main thread would only wait then. In a fresh JVM
 * that is a tenth of the whole command (docs/decisions/0010-start-of-the-command.md).
 */
final class ReadAhead implements JailsListener {
    private final CountDownLatch admitted = new CountDownLatch(1);

    @Override
    public void admitted(String language, String policy, Duration waited) {
        admitted.countDown();
    }

    /** Waits until the execution has its slot, so as not to be in the way of what comes before, and loads. */
    void load(Running running) {
        var _ = running.future().whenComplete((outcome, failure) -> admitted.countDown());
        try {
            admitted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Object value = JsonInput.read("", "[0]");
        Json.line(out -> ExecutionJson.writeValue(value, out));
    }
}
