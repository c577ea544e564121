package io.reedact.jailer;

import io.reedact.problem.AdmissionException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jailer as the engine sees it: connections to borrow. A jailer that died is replaced by a new one at the next
 * execution; those that it had are the callers' to report.
 */
public final class Jailer implements AutoCloseable {
    private final Path program;
    private final Path socketFolder;
    private final Runnable restarted;
    private final Deque<JailerConnection> idle = new ArrayDeque<>();
    private @Nullable JailerProcess process;
    private boolean closed;

    /**
     * Nothing is started yet.
     *
     * @param program the native program
     * @param socketFolder made if need be
     * @param restarted told when a jailer has taken a dead one's place
     */
    public Jailer(Path program, Path socketFolder, Runnable restarted) {
        this.program = program;
        this.socketFolder = socketFolder;
        this.restarted = restarted;
    }

    /** Starts the jailer if it does not run; blocks until it does, for a bounded time. */
    public void start() {
        running();
    }

    private synchronized JailerProcess running() {
        if (closed) {
            throw new AdmissionException(Problem.of(ProblemCode.CLOSED, "these jails are closed", null));
        }
        JailerProcess current = process;
        if (current != null && current.isAlive()) {
            return current;
        }
        JailerProcess fresh = JailerProcess.start(program, CacheFolder.make(socketFolder));
        process = fresh;
        if (current != null) {
            dropIdle();
            current.close();
            restarted.run();
        }
        return fresh;
    }

    private void dropIdle() {
        idle.forEach(JailerConnection::close);
        idle.clear();
    }

    /**
     * A connection for one execution; give it back with {@link #giveBack}.
     *
     * @throws io.reedact.problem.JailerException if the jailer can't be started or reached
     * @throws ClosedByInterruptException if the thread is interrupted
     */
    public JailerConnection borrow() throws ClosedByInterruptException {
        for (boolean again = false; ; again = true) {
            JailerProcess current = running();
            JailerConnection known = nextIdle();
            if (known != null) {
                return known;
            }
            try {
                return current.connect();
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                if (again || !current.isEnding()) {
                    throw current.gone(e);
                }
            }
        }
    }

    private synchronized @Nullable JailerConnection nextIdle() {
        while (!idle.isEmpty()) {
            JailerConnection connection = idle.pop();
            if (connection.isUsable()) {
                return connection;
            }
        }
        return null;
    }

    /**
     * Takes a connection back: for the next execution if it ended as it should, else to be closed. Those that are idle may
     * have broken with it, and go too.
     */
    public synchronized void giveBack(JailerConnection connection) {
        if (closed || !connection.isUsable()) {
            connection.close();
            dropIdle();
        } else {
            idle.push(connection);
        }
    }

    /** What the host has, as the jailer sees it: facts by name. */
    public Map<String, String> facts() {
        return running().facts();
    }

    /** The process id of the running jailer. */
    public long pid() {
        return running().pid();
    }

    /** Ends the jailer and every jail; an interrupt does not hurry it, and is kept for later. */
    @Override
    public void close() {
        JailerProcess last;
        synchronized (this) {
            closed = true;
            dropIdle();
            last = process;
            process = null;
        }
        if (last != null) {
            last.close();
        }
    }
}
