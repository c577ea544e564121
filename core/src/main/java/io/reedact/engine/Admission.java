package io.reedact.engine;

import io.reedact.problem.AdmissionException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.unit.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * So many executions at once; the others wait in line, first come first served, for a bounded time, and a line that is too
 * long is refused at once.
 */
final class Admission {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> line = new ArrayDeque<>();
    private final int capacity;
    private final Duration patience;
    private int free;
    private boolean closed;

    /**
     * @param slots executions at once
     * @param capacity executions that may wait
     * @param patience how long each may wait
     */
    Admission(int slots, int capacity, Duration patience) {
        this.free = slots;
        this.capacity = capacity;
        this.patience = patience;
    }

    /**
     * Takes a slot; blocks until one is free and everybody who came earlier has one. Give it back with {@link #leave}.
     *
     * @throws AdmissionException if the line is full, the wait too long, or these jails are closed
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void enter() throws InterruptedException {
        enter(() -> false);
    }

    /**
     * Takes a slot as {@link #enter()} does, unless it is not wanted any more.
     *
     * @param unwanted looked at while waiting, after each {@link #lookAgain}; must not block
     * @return whether there is a slot to give back
     */
    boolean enter(BooleanSupplier unwanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireOpen();
            if (free > 0 && line.isEmpty()) {
                free--;
                return true;
            }
            if (line.size() >= capacity) {
                throw refused(ProblemCode.QUEUE_FULL, capacity + " executions are waiting already");
            }
            return waitInLine(unwanted);
        } finally {
            lock.unlock();
        }
    }

    private boolean waitInLine(BooleanSupplier unwanted) throws InterruptedException {
        Waiter me = new Waiter(lock.newCondition());
        line.addLast(me);
        long left = patience.toNanos();
        try {
            while (!me.admitted && !closed && !unwanted.getAsBoolean() && left > 0) {
                left = me.turn.awaitNanos(left);
            }
        } finally {
            if (!me.admitted) {
                line.remove(me);
            }
        }
        if (me.admitted || unwanted.getAsBoolean()) {
            return me.admitted;
        }
        requireOpen();
        throw refused(ProblemCode.WAITED_TOO_LONG, "no slot became free within " + Durations.format(patience));
    }

    /** Gives a slot back, to whoever has waited longest. */
    void leave() {
        lock.lock();
        try {
            Waiter next = line.pollFirst();
            if (next == null) {
                free++;
            } else {
                next.admitted = true;
                next.turn.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody who waits see whether a slot is still wanted. */
    void lookAgain() {
        lock.lock();
        try {
            line.forEach(waiter -> waiter.turn.signal());
        } finally {
            lock.unlock();
        }
    }

    /** Whether whoever comes now has to wait. */
    boolean isBusy() {
        lock.lock();
        try {
            return free == 0 || !line.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses everybody who waits and who comes. */
    void close() {
        lock.lock();
        try {
            closed = true;
            line.forEach(waiter -> waiter.turn.signal());
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    /** What everybody is told after {@link #close}. */
    static AdmissionException closed() {
        return refused(ProblemCode.CLOSED, "these jails are closed");
    }

    private static AdmissionException refused(ProblemCode code, String message) {
        return new AdmissionException(Problem.of(code, message, null));
    }

    private static final class Waiter {
        private final Condition turn;
        private boolean admitted;

        private Waiter(Condition turn) {
            this.turn = turn;
        }
    }
}
