package io.reedact.engine;

import io.reedact.execution.Outcome;
import io.reedact.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down, a word for each event. */
final class Events implements JailsListener {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    List<String> seen() {
        return seen;
    }

    @Override
    public void queued(int waiting) {
        seen.add("queued " + waiting);
    }

    @Override
    public void admitted(String language, String policy, Duration waited) {
        seen.add("admitted " + language + " " + policy);
    }

    @Override
    public void finished(Outcome outcome) {
        seen.add("finished " + outcome.getClass().getSimpleName());
    }

    @Override
    public void refused(ProblemException problem) {
        seen.add("refused " + problem.problems().get(0).code().code());
    }

    @Override
    public void jailerRestarted() {
        seen.add("restarted");
    }
}
