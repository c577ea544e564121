package io.reedact.templates;

import io.reedact.engine.Jails;
import io.reedact.engine.Running;
import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import io.reedact.policy.Limits;
import io.reedact.problem.Fault;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.ProblemException;
import io.reedact.value.ValueReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The rendering of one page: its blocks run side by side, each as soon as its inputs are there, within the page's limits. The
 * first thing that goes wrong stops the page: what still runs is cancelled, and every wait ends.
 *
 * <p>One thread renders, and calls everything here but {@link #cancel}, which any may call.
 */
public final class Page implements AutoCloseable {
    private final Jails jails;
    private final String policy;
    private final Limits limits;
    private final PageVariables variables;
    private final long began = System.nanoTime();
    private final List<Pending> all = new ArrayList<>();
    private final List<@Nullable BlockRun> runs = new ArrayList<>();
    /** What runs, with what is completed when its outcome has been dealt with. */
    private final Map<Running, CompletableFuture<?>> running = new ConcurrentHashMap<>();

    private final CompletableFuture<Void> timer = new CompletableFuture<>();

    /** A {@link PageFailure} or a {@link ProblemException}: what went wrong first. */
    private final AtomicReference<@Nullable Object> failure = new AtomicReference<>();

    private volatile @Nullable Location place;

    /**
     * Nothing runs yet.
     *
     * @param policy of the page: its limits count, and it is the policy of blocks that name none
     * @throws io.reedact.problem.PolicyFileException if there is no such policy, or it is wrong
     */
    public Page(Jails jails, String policy, PageVariables variables) {
        this.jails = jails;
        this.policy = policy;
        this.limits = jails.policies().find(policy).limits();
        this.variables = variables;
    }

    /** Its variables. */
    public PageVariables variables() {
        return variables;
    }

    /**
     * Starts a block as soon as those of its values are there that are {@link Pending}.
     *
     * @param values of its inputs and holes, by name
     * @throws PageFailedException if the page has failed, or this block is one too many
     */
    public Pending start(PreparedBlock block, Map<String, @Nullable Object> values) {
        Location at = block.tag();
        place = at;
        int count = all.size() + 1;
        if (count > limits.pageBlocks()) {
            fail(new PageFailure.Limit("page_blocks", limits.pageBlocks(), count, at));
        }
        check();
        if (count == 1) {
            startTimer();
        }
        Pending pending = new Pending(this);
        add(pending);
        Start start = new Start(block, values, pending, count - 1, elapsed());
        CompletableFuture<?>[] awaited = values.values().stream()
                .filter(Pending.class::isInstance)
                .map(value -> ((Pending) value).value())
                .toArray(CompletableFuture[]::new);
        var unused = CompletableFuture.allOf(awaited).thenRun(() -> launch(start));
        return pending;
    }

    private void add(Pending pending) {
        synchronized (runs) {
            all.add(pending);
            runs.add(null);
        }
        if (failure.get() != null) {
            giveUp(pending);
        }
    }

    private static void giveUp(Pending pending) {
        pending.value().completeExceptionally(new IllegalStateException("the page failed"));
    }

    /** A block whose tag was reached. */
    private record Start(
            PreparedBlock block, Map<String, @Nullable Object> values, Pending pending, int index, Duration started) {}

    private void startTimer() {
        long left = limits.pageTimeout().toNanos();
        var unused = timer.orTimeout(left, TimeUnit.NANOSECONDS).exceptionally(timeout -> {
            Location last = Objects.requireNonNull(place);
            fail(new PageFailure.Limit("page_timeout", left, elapsed().toNanos(), last));
            return null;
        });
    }

    private void launch(Start start) {
        try {
            Duration launched = elapsed();
            Running one = jails.start(execution(start));
            CompletableFuture<?> end = one.future().handle((outcome, problem) -> {
                if (outcome != null) {
                    ended(start, launched, outcome);
                } else {
                    failed(start.block(), problem);
                }
                return null;
            });
            running.put(one, end);
            if (failure.get() != null) {
                one.cancel();
            }
            var unused = end.whenComplete((none, thrown) -> running.remove(one));
        } catch (RuntimeException e) {
            failed(start.block(), e);
        }
    }

    private Execution execution(Start start) {
        PreparedBlock block = start.block();
        Execution execution = block.execution(policy);
        for (String input : block.inputs()) {
            execution = execution.with(input, there(start.values().get(input)));
        }
        for (PreparedBlock.Hole hole : block.holes()) {
            execution = execution.withHole(
                    hole.name(), hole.shown(), there(start.values().get(hole.name())));
        }
        return execution;
    }

    private static @Nullable Object there(@Nullable Object value) {
        return value instanceof Pending pending ? pending.value().join() : value;
    }

    private void ended(Start start, Duration launched, Outcome outcome) {
        PreparedBlock block = start.block();
        String fallback = block.options().get("fallback");
        boolean fallsBack = fallback != null && !(outcome instanceof Outcome.Completed) && failure.get() == null;
        BlockRun run =
                new BlockRun(block.name(), block.tag(), outcome, fallsBack, start.started(), launched, elapsed());
        synchronized (runs) {
            runs.set(start.index(), run);
        }
        if (outcome instanceof Outcome.Completed completed) {
            start.pending().value().complete(completed.value());
        } else if (fallsBack) {
            start.pending().value().complete(ValueReader.parse(Objects.requireNonNull(fallback), "fallback"));
        } else {
            fail(new PageFailure.Block(run));
            giveUp(start.pending());
        }
    }

    /** It came to no outcome. What its author can mend is told where the block is; the rest is not about the template. */
    private void failed(PreparedBlock block, Throwable error) {
        Location tag = block.tag();
        if (error
                instanceof
                IllegalArgumentException) { // an option that was never checked: its author has forged the block
            fail(new TemplateException(
                    new Problem(ProblemCode.BLOCK_OPTION, String.valueOf(error.getMessage()), tag, null), error));
            return;
        }
        if (!(error instanceof ProblemException problem)) {
            fail(error);
            return;
        }
        fail(
                problem.fault() != Fault.USAGE
                        ? problem
                        : new TemplateException(problem.problems().stream()
                                .map(p -> new Problem(
                                        p.code(), p.message(), p.location() == null ? tag : p.location(), p.help()))
                                .toList()));
    }

    private void fail(Object cause) {
        if (!failure.compareAndSet(null, cause)) {
            return;
        }
        running.keySet().forEach(Running::cancel);
        synchronized (runs) {
            all.forEach(Page::giveUp);
        }
    }

    /** Stops the page, from any thread: rendering it ends with {@link PageFailure.Cancelled}. */
    public void cancel() {
        fail(new PageFailure.Cancelled());
    }

    /**
     * Goes on if nothing has gone wrong so far.
     *
     * @throws PageFailedException if something has; for the other exceptions see {@link #finish}
     */
    public void check() {
        if (failure.get() != null) {
            throw failure();
        }
    }

    @Nullable
    Object await(Pending pending) {
        try {
            return pending.value().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            throw failure();
        } catch (ExecutionException e) {
            throw failure();
        }
    }

    /**
     * Waits for all blocks, those too whose results nobody has looked up.
     *
     * @return what there is to tell
     * @throws PageFailedException if one did not complete, the page passed a limit, or was cancelled
     * @throws TemplateException if a block can't be run as the template wants it
     * @throws ProblemException if something else is wrong, on this host or with us
     */
    public PageReport finish() {
        all.forEach(this::await);
        check();
        return report();
    }

    private RuntimeException failure() {
        Object cause = failure.get();
        awaitEnds();
        if (cause instanceof PageFailure reason) {
            return new PageFailedException(reason, report());
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(String.valueOf(cause));
    }

    /** Until nothing runs any more: what was cancelled is dead then. */
    private void awaitEnds() {
        CompletableFuture<?>[] ends = running.values().toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends).exceptionally(e -> null).join();
    }

    private PageReport report() {
        List<BlockRun> ended;
        synchronized (runs) {
            ended = runs.stream()
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
        }
        return new PageReport(policy, ended, elapsed(), Spans.covered(ended));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Ends what still runs, and waits for it: nothing of a page outlives it. */
    @Override
    public void close() {
        timer.complete(null);
        if (!running.isEmpty()) {
            cancel();
            awaitEnds();
        }
    }
}
