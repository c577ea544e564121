package io.reedact.templates;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Times at which blocks were being run. */
final class Spans {
    private Spans() {}

    /** How long at least one was. */
    static Duration covered(List<BlockRun> runs) {
        Duration sum = Duration.ZERO;
        Duration reached = Duration.ZERO;
        for (BlockRun run :
                runs.stream().sorted(Comparator.comparing(BlockRun::launched)).toList()) {
            Duration from = run.launched().compareTo(reached) > 0 ? run.launched() : reached;
            if (run.ended().compareTo(from) > 0) {
                sum = sum.plus(run.ended().minus(from));
                reached = run.ended();
            }
        }
        return sum;
    }
}
