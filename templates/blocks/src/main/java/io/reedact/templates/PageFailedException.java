package io.reedact.templates;

import io.reedact.execution.GuestError;
import io.reedact.execution.Outcome;

/** A page that came to nothing, for a reason that is not in its templates: nothing of it was written. */
public final class PageFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient PageFailure failure;
    private final transient PageReport report;

    PageFailedException(PageFailure failure, PageReport report) {
        super(message(failure));
        this.failure = failure;
        this.report = report;
    }

    private static String message(PageFailure failure) {
        if (failure instanceof PageFailure.Block block) {
            return message(block.run());
        }
        if (failure instanceof PageFailure.Limit limit) {
            return limit.place() + ": the page passed its limit " + limit.kind();
        }
        return "the page was cancelled";
    }

    private static String message(BlockRun run) {
        Outcome outcome = run.outcome();
        if (outcome instanceof Outcome.Failed failed && failed.error() != null) {
            GuestError error = failed.error();
            String file = error.file() == null ? run.tag().file() : error.file();
            return file + ":" + (error.line() > 0 ? error.line() : run.tag().line()) + ": " + error.type() + ": "
                    + error.message();
        }
        String ending = outcome instanceof Outcome.LimitExceeded limit
                ? "passed its limit " + limit.kind().label()
                : outcome instanceof Outcome.Violated ? "was stopped for a violation" : "did not complete";
        return run.tag().file() + ":" + run.tag().line() + ": the block " + ending;
    }

    /** What happened. */
    public PageFailure failure() {
        return failure;
    }

    /** What there is to tell of the page. */
    public PageReport report() {
        return report;
    }
}
