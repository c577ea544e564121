package io.reedact.engine;

import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import io.reedact.jailer.Home;
import io.reedact.jailer.Jailer;
import io.reedact.jailer.JailerConnection;
import io.reedact.policy.Policies;
import io.reedact.policy.Policy;
import io.reedact.policy.Rules;
import io.reedact.problem.AdmissionException;
import io.reedact.problem.JailerException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.ProblemException;
import io.reedact.problem.RequestException;
import io.reedact.runtime.LanguageRuntime;
import io.reedact.runtime.Runtimes;
import io.reedact.wire.JobLimits;
import io.reedact.wire.ProtocolException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs untrusted code, each execution in a fresh jail made by the Linux kernel and destroyed after it.
 *
 * <pre>{@code
 * try (Jails jails = Jails.open()) {
 *   Outcome outcome = jails.run(Execution.of("python", "return sum(prices)").with("prices", List.of(3, 4)));
 * }
 * }</pre>
 *
 * <p>Safe for any number of threads. Several may live in one process, and several processes on one host: each has a jailer
 * of its own, a native child process that outlives it by the time that killing its jails takes.
 */
public final class Jails implements AutoCloseable {
    private final Policies policies;
    private final Runtimes runtimes;
    private final Jailer jailer;
    private final Admission admission;
    private final JailsListener listener;
    private final ExecutorService threads;
    private final AtomicInteger lastId = new AtomicInteger();

    Jails(JailsBuilder builder) {
        Home home = builder.home();
        listener = builder.listener();
        jailer = new Jailer(
                home.jailer(builder.environment()), builder.socketFolder(), () -> tell(JailsListener::jailerRestarted));
        threads = Executors.newCachedThreadPool(Jails::newThread);
        threads.execute(this::startJailer);
        threads.execute(JailerConnection::prepare);
        runtimes = Runtimes.open(builder.runtimeFolders(home), builder.interpreterCache());
        policies = Policies.open(builder.policyFolders(home), runtimes.names());
        admission = builder.admission();
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "reedact-jails");
        thread.setDaemon(true);
        return thread;
    }

    /** Ahead of need. What goes wrong here goes wrong again for the first execution, and is told there. */
    private void startJailer() {
        try {
            jailer.start();
        } catch (ProblemException e) {
            return;
        }
    }

    /** With the default policies and runtimes of this host. */
    public static Jails open() {
        return builder().open();
    }

    /** To choose folders, slots, the queue and a listener. */
    public static JailsBuilder builder() {
        return new JailsBuilder();
    }

    /**
     * Runs an execution; blocks until it has an outcome. Interrupting the thread cancels it: the jail dies at once, the
     * outcome is {@link Outcome.Cancelled} without usage, and the thread stays interrupted.
     *
     * @throws RequestException if it can't be run as it is: unknown language or policy, beyond a ceiling, an input that
     *     can't cross
     * @throws AdmissionException if too many wait, it waited too long, or these jails are closed
     * @throws io.reedact.problem.HostException if this host can't isolate as the policy asks
     * @throws io.reedact.problem.JailerException if the jailer failed
     */
    public Outcome run(Execution execution) {
        return run(execution, new Cancellation());
    }

    /** Runs an execution on a thread of its own; the same problems as for {@link #run} complete its future. */
    public Running start(Execution execution) {
        Running running = new Running(new Cancellation(admission::lookAgain));
        try {
            threads.execute(() -> complete(running, execution));
        } catch (RejectedExecutionException e) {
            running.future().completeExceptionally(Admission.closed());
        }
        return running;
    }

    private void complete(Running running, Execution execution) {
        try {
            running.future().complete(run(execution, running.cancellation()));
        } catch (RuntimeException | Error e) {
            running.future().completeExceptionally(e);
        }
    }

    private Outcome run(Execution execution, Cancellation cancellation) {
        long called = System.nanoTime();
        try {
            Outcome outcome = admitted(prepare(execution), cancellation, called);
            tell(l -> l.finished(outcome));
            return outcome;
        } catch (ProblemException e) {
            tell(l -> l.refused(e));
            throw e;
        }
    }

    private Prepared prepare(Execution execution) {
        LanguageRuntime runtime = runtimes.find(execution.source().language());
        Policy policy = policies.find(execution.policy());
        Rules rules = policy.rules(runtime.name()).narrowedBy(execution.request());
        return new Prepared(
                runtime,
                policy.name(),
                rules,
                SpecAssembly.encode(policy.name(), rules, runtime),
                JobLimits.encode(rules.limits()),
                JobDocument.encode(execution, rules, runtime),
                execution.stdin(),
                HoleNames.of(execution.holes(), runtime));
    }

    private Outcome admitted(Prepared prepared, Cancellation cancellation, long called) {
        OutcomeAssembly assembly = new OutcomeAssembly(prepared);
        long asked = System.nanoTime();
        Duration queued = null;
        try {
            boolean entered = enter(cancellation);
            queued = since(asked);
            if (!entered) {
                return assembly.cancelled(queued, since(called));
            }
            try {
                tellAdmitted(prepared, queued);
                if (cancellation.isWanted()) {
                    return assembly.cancelled(queued, since(called));
                }
                Answer answer = converse(prepared, cancellation);
                return assembly.outcome(answer, queued, since(called));
            } finally {
                admission.leave();
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            return assembly.cancelled(queued == null ? since(asked) : queued, since(called));
        }
    }

    /** False where it was cancelled while it waited. */
    private boolean enter(Cancellation cancellation) throws InterruptedException {
        if (admission.isBusy()) {
            int waiting = admission.waiting();
            tell(l -> l.queued(waiting));
        }
        return admission.enter(cancellation::isWanted);
    }

    private void tellAdmitted(Prepared prepared, Duration waited) {
        tell(l -> l.admitted(prepared.runtime().name(), prepared.policy(), waited));
    }

    /** A jailer that is gone is replaced, and an execution whose guest had not begun is begun anew, once. */
    private Answer converse(Prepared prepared, Cancellation cancellation) throws ClosedByInterruptException {
        for (boolean again = false; ; again = true) {
            JailerConnection connection = jailer.borrow();
            Conversation conversation =
                    new Conversation(connection, lastId.incrementAndGet(), prepared.job(), prepared.stdin());
            try {
                return conversation.run(prepared.spec(), prepared.limits(), cancellation);
            } catch (RefusedException e) {
                throw Refusals.tell(e, prepared);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ProtocolException e) {
                throw new JailerException(
                        Problem.of(ProblemCode.JAILER_PROTOCOL, String.valueOf(e.getMessage()), null), e);
            } catch (IOException e) {
                if (again || conversation.wasReady()) {
                    throw connection.gone(e);
                }
            } finally {
                cancellation.detach();
                jailer.giveBack(connection);
            }
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** A listener that fails must not take an execution with it. */
    private void tell(Consumer<JailsListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** The runtimes of this host, those whose interpreter is missing included. */
    public Runtimes runtimes() {
        return runtimes;
    }

    /** The policies of this host. */
    public Policies policies() {
        return policies;
    }

    /** What this host has, by the jailer's word: facts by name, such as {@code kernel} or {@code cgroup-version}. */
    public Map<String, String> host() {
        return jailer.facts();
    }

    /** The process id of this one's jailer, for those who watch or test it. */
    public long jailerPid() {
        return jailer.pid();
    }

    /** Refuses what waits and what comes, kills every jail, ends the jailer and removes what it left. */
    @Override
    public void close() {
        admission.close();
        jailer.close();
        threads.shutdown();
    }
}
