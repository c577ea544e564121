package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.LimitKind;
import io.reedact.execution.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static final List<Outcome> ONE_OF_EACH = List.of(
            new Outcome.Completed(null, Outcomes.quiet()),
            new Outcome.Failed(null, Outcomes.quiet()),
            new Outcome.LimitExceeded(LimitKind.MEMORY, 1, 1, Outcomes.quiet()),
            new Outcome.Violated(Outcomes.quiet()),
            new Outcome.Cancelled(Outcomes.quiet()));

    @Test
    void everyKindOfOutcomeHasAnEnding() {
        assertThat(ONE_OF_EACH.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());
        assertThat(ONE_OF_EACH.stream().map(Ending::of)).containsExactlyInAnyOrder(Ending.values());
    }

    @Test
    void wordsAndExitStatusesAreThoseThatScriptsRelyOn() {
        assertThat(Arrays.stream(Ending.values()).map(ending -> ending.word() + " " + ending.exitStatus()))
                .containsExactly("completed 0", "failed 1", "limit-exceeded 3", "violated 4", "cancelled 130");
    }
}
