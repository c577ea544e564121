package io.reedact.cli;

import io.reedact.execution.Exit;
import io.reedact.execution.GuestError;
import io.reedact.execution.LimitKind;
import io.reedact.execution.Outcome;
import io.reedact.execution.Output;
import io.reedact.execution.Violation;
import io.reedact.unit.ByteSize;
import io.reedact.unit.Durations;
import java.time.Duration;

/** An outcome as a person reads it: the guest's output and value on stdout, what there is to say on stderr. */
final class ExecutionText {
    private final Terminal terminal;

    ExecutionText(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Outcome outcome) {
        Output stdout = outcome.report().stdout();
        if (terminal.outIsTerminal()) {
            terminal.print(GuestText.escaped(stdout.text()));
        } else {
            terminal.print(stdout.bytes());
        }
        if (outcome instanceof Outcome.Completed completed && completed.value() != null) {
            printValue(completed.value(), endsInsideALine(stdout));
        }
        terminal.flush();
        sayGuests(outcome);
        outcome.violations().forEach(this::sayViolation);
        sayEnd(outcome);
    }

    /** What there is to say of a block that stopped a page, on stderr. */
    void sayBlock(Outcome outcome, String place) {
        sayGuests(outcome);
        outcome.violations().forEach(this::sayViolation);
        sayEnd(outcome);
        boolean hasOwnPlace = outcome instanceof Outcome.Failed failed
                && failed.error() != null
                && failed.error().line() > 0;
        terminal.say(hasOwnPlace ? "" : safe(place));
    }

    private void printValue(Object value, boolean insideALine) {
        String json = Json.line(out -> ExecutionJson.writeValue(value, out));
        String text = terminal.outIsTerminal() ? GuestText.escapedJson(json) : json;
        terminal.print(insideALine ? "\n" + text : text);
    }

    private static boolean endsInsideALine(Output output) {
        String text = output.text();
        return !text.isEmpty() && !text.endsWith("\n");
    }

    private void sayGuests(Outcome outcome) {
        String text = outcome.stderr();
        boolean insideALine = endsInsideALine(outcome.report().stderr());
        terminal.say(safe(text) + (insideALine ? "\n" : ""));
    }

    private void sayViolation(Violation violation) {
        String call = violation.detail().isEmpty() ? violation.name() : violation.name() + " " + violation.detail();
        String times = violation.count() == 1 ? "" : " (" + violation.count() + " times)";
        String hint = violation.hint() == null ? "" : "  = help: " + violation.hint() + "\n";
        terminal.say(safe("note: denied: " + call + times + "\n  = rule: " + violation.rule() + "\n" + hint));
    }

    private void sayEnd(Outcome outcome) {
        switch (Ending.of(outcome)) {
            case COMPLETED -> {}
            case FAILED -> sayFailure((Outcome.Failed) outcome);
            case LIMIT_EXCEEDED -> sayLimit((Outcome.LimitExceeded) outcome);
            case VIOLATED -> sayError("stopped for a violation, see above", "");
            case CANCELLED -> sayError("cancelled", "");
        }
    }

    private void sayFailure(Outcome.Failed failed) {
        GuestError error = failed.error();
        if (error != null) {
            String place = error.file() == null
                    ? ""
                    : "  --> " + error.file() + (error.line() == 0 ? "" : ":" + error.line()) + "\n";
            String hint = error.hint() == null ? "" : "  = help: " + error.hint() + "\n";
            sayError(error.type() + ": " + error.message(), place + trace(error) + hint);
            return;
        }
        Exit exit = failed.exit();
        String how = exit.signal() == null ? "ended with exit status " + exit.code() : "was ended by " + exit.signal();
        sayError("the guest " + how, "");
    }

    private static String trace(GuestError error) {
        return error.trace().isEmpty() || error.trace().endsWith("\n") ? error.trace() : error.trace() + "\n";
    }

    private void sayLimit(Outcome.LimitExceeded exceeded) {
        LimitKind kind = exceeded.kind();
        sayError(
                "stopped at its limit: " + kind.label() + " of " + amount(kind, exceeded.limit()) + ", used "
                        + amount(kind, exceeded.used()),
                "");
    }

    /** An amount in the unit in which limits are written, as near as it can be said. */
    static String amount(LimitKind kind, long amount) {
        if (kind.isTime()) {
            return Durations.format(
                    Duration.ofMillis(Math.max(1, Duration.ofNanos(amount).toMillis())));
        }
        return amount == 0 ? "0B" : new ByteSize(amount).toString();
    }

    private void sayError(String message, String more) {
        terminal.say(terminal.alarming("error") + ": " + safe(message + "\n" + more));
    }

    private String safe(String text) {
        return terminal.errIsTerminal() ? GuestText.escaped(text) : text;
    }
}
