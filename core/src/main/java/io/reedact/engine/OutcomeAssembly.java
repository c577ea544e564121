package io.reedact.engine;

import io.reedact.execution.Exit;
import io.reedact.execution.GuestError;
import io.reedact.execution.Isolation;
import io.reedact.execution.LimitHits;
import io.reedact.execution.LimitKind;
import io.reedact.execution.Outcome;
import io.reedact.execution.Output;
import io.reedact.execution.Report;
import io.reedact.execution.StartKind;
import io.reedact.execution.Timeline;
import io.reedact.execution.Usage;
import io.reedact.execution.Violation;
import io.reedact.policy.Layer;
import io.reedact.wire.OutcomeFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the jailer's facts and the guest's word to an outcome. Facts decide; the word only fills in. */
final class OutcomeAssembly {
    private static final String HEAP_EXHAUSTED = "HeapExhausted";
    private static final String HEAP_HINT =
            "the interpreter's heap ceiling follows from the memory limit, %s: use less memory or ask for a higher limit";

    private final Prepared prepared;

    OutcomeAssembly(Prepared prepared) {
        this.prepared = prepared;
    }

    /** The outcome of an execution that the jailer has answered. */
    Outcome outcome(Answer answer, Duration queued, Duration elapsed) {
        OutcomeFacts facts = answer.facts();
        Report report = report(answer, timeline(facts, queued, elapsed));
        OutcomeFacts.Verdict verdict = facts.verdict();
        return switch (verdict.cause()) {
            case LIMIT ->
                new Outcome.LimitExceeded(
                        LimitKind.values()[verdict.limitKind() - 1], verdict.limit(), verdict.used(), report);
            case VIOLATED -> new Outcome.Violated(report);
            case CANCELLED -> new Outcome.Cancelled(report);
            case EXITED, SIGNALED -> ownEnd(ValueDocument.read(answer.value()), report);
        };
    }

    private Outcome ownEnd(ValueDocument document, Report report) {
        if (document.error() != null || !report.exit().isSuccess()) {
            return new Outcome.Failed(failure(document.error(), report), report);
        }
        return new Outcome.Completed(document.value(), report);
    }

    /** An interpreter that gives up at its own heap ceiling may be past writing a document; then its last words count. */
    private @Nullable GuestError failure(@Nullable GuestError told, Report report) {
        String words = told == null ? report.stderr().text() : told.message();
        return prepared.runtime()
                .heapExhaustedLine(words)
                .map(line -> told == null ? new GuestError(HEAP_EXHAUSTED, line.strip(), null, 0, "", null) : told)
                .map(error -> error.withHint(HEAP_HINT.formatted(report.limits().memory())))
                .or(() -> Optional.ofNullable(told))
                .map(prepared.holes()::shownIn)
                .orElse(null);
    }

    /** The outcome of an execution that was cancelled before the jailer heard of it, or whose connection we cut. */
    Outcome cancelled(Duration queued, Duration elapsed) {
        Usage usage = new Usage(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                OptionalLong.empty(),
                OptionalInt.empty(),
                0,
                0,
                0,
                0,
                new LimitHits(0, 0, 0));
        Timeline timeline = new Timeline(StartKind.COLD, queued, Duration.ZERO, Duration.ZERO, Duration.ZERO, elapsed);
        return new Outcome.Cancelled(new Report(
                prepared.runtime().name(),
                prepared.runtime().label(),
                prepared.policy(),
                Output.NONE,
                Output.NONE,
                new Exit(0, null),
                List.of(),
                false,
                usage,
                new Isolation(List.of(), List.of(), 0),
                timeline,
                prepared.rules().limits()));
    }

    private Report report(Answer answer, Timeline timeline) {
        OutcomeFacts facts = answer.facts();
        return new Report(
                prepared.runtime().name(),
                prepared.runtime().label(),
                prepared.policy(),
                output(answer.stdout(), facts.used().stdoutBytes()),
                output(answer.stderr(), facts.used().stderrBytes()),
                new Exit(facts.verdict().exitCode(), signal(facts.verdict().signal())),
                violations(facts),
                facts.violationsTruncated(),
                usage(facts.used()),
                isolation(facts),
                timeline,
                prepared.rules().limits());
    }

    private static Output output(byte[] kept, long written) {
        return new Output(kept, written > kept.length);
    }

    private static @Nullable String signal(int number) {
        return number == 0 ? null : Signals.name(number);
    }

    private List<Violation> violations(OutcomeFacts facts) {
        List<Violation> told = new ArrayList<>();
        for (OutcomeFacts.Denied denied : facts.violations()) {
            told.add(Violations.tell(denied, prepared.rules()));
        }
        return told;
    }

    private static Usage usage(OutcomeFacts.Used used) {
        return new Usage(
                Duration.ofNanos(used.wallNanos()),
                Duration.ofNanos(used.cpuNanos()),
                Duration.ofNanos(used.throttledNanos()),
                used.memoryPeakBytes() < 0 ? OptionalLong.empty() : OptionalLong.of(used.memoryPeakBytes()),
                used.processesPeak() < 0 ? OptionalInt.empty() : OptionalInt.of(used.processesPeak()),
                used.stdoutBytes(),
                used.stderrBytes(),
                used.valueBytes(),
                used.diskBytes(),
                new LimitHits(used.processHits(), used.diskHits(), used.inodeHits()));
    }

    private static Isolation isolation(OutcomeFacts facts) {
        Set<Layer> inForce = Layer.of(facts.layers());
        List<String> layers = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            (inForce.contains(layer) ? layers : missing).add(layer.label());
        }
        return new Isolation(layers, missing, facts.landlockAbi());
    }

    private static Timeline timeline(OutcomeFacts facts, Duration queued, Duration elapsed) {
        Duration teardown = Duration.ofNanos(facts.teardownNanos());
        return new Timeline(
                StartKind.COLD,
                queued,
                Duration.ofNanos(facts.jailNanos()),
                Duration.ofNanos(facts.runNanos()),
                teardown,
                elapsed.minus(teardown));
    }
}
