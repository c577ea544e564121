package io.reedact.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The wish that an execution end, from any thread, at any time: before it has a jail, while it runs, and after. */
final class Cancellation {
    private final Runnable wake;
    private @Nullable Conversation conversation;
    private volatile boolean wanted;

    /** {@code wake} lets an execution that waits for its slot see that it is not wanted any more. */
    Cancellation(Runnable wake) {
        this.wake = wake;
    }

    /** One that nobody can wish for. */
    Cancellation() {
        this(() -> {});
    }

    /** Whoever waits holds a lock while it asks {@link #isWanted}: so it is woken when nothing is locked here. */
    void cancel() {
        wish();
        wake.run();
    }

    private synchronized void wish() {
        if (!wanted && conversation != null) {
            send(conversation);
        }
        wanted = true;
    }

    /** From now on the wish goes to this conversation; call it when its SPEC is on the way. */
    synchronized void attach(Conversation current) {
        conversation = current;
        if (wanted) {
            send(current);
        }
    }

    synchronized void detach() {
        conversation = null;
    }

    boolean isWanted() {
        return wanted;
    }

    /** By a thread that is interrupted, too: a channel closes when such a one writes, and the outcome would be lost. */
    private static void send(Conversation conversation) {
        boolean interrupted = Thread.interrupted();
        try {
            conversation.cancel();
        } catch (IOException e) {
            // The connection is gone, and the jail with it: the thread that reads from it finds the same and reports
            // it.
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
