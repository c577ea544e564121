package io.reedact.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Milliseconds of one kind of start, in the order measured. */
final class Samples {
    private final List<Double> millis = new ArrayList<>();

    void add(double sample) {
        millis.add(sample);
    }

    boolean isEmpty() {
        return millis.isEmpty();
    }

    double median() {
        return quantile(0.5);
    }

    double quantile(double share) {
        var sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
    }

    /** The median of the ratios, pair by pair: a machine whose speed drifts drifts for both of a pair. */
    double ratioTo(Samples other) {
        var ratios = new Samples();
        for (int i = 0; i < millis.size(); i++) {
            ratios.add(millis.get(i) / other.millis.get(i));
        }
        return ratios.median();
    }
}
