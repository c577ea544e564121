package io.reedact.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The wish that an execution end, from any thread, at any time: before it has a jail, while it runs, and after. */
final class Cancellation {
    private @Nullable Conversation conversation;
    private boolean wanted;

    synchronized void cancel() {
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

    synchronized boolean isWanted() {
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
