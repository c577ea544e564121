package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("jail")
@ExtendWith(OpenJails.class)
class AbuseTest {
    @TempDir
    Path folder;

    static Stream<Arguments> abuses() {
        return Arrays.stream(Abuse.all())
                .flatMap(abuse -> Stream.of("python", "php", "javascript")
                        .map(language -> Arguments.argumentSet(abuse.name() + " " + language, abuse, language)));
    }

    @ParameterizedTest
    @MethodSource("abuses")
    void reachesItsGoalWhereTheLimitIsFarAway(Abuse abuse, String language) {
        String policy = OpenJails.policy(folder, "loose", abuse.loose());

        assertThat(OpenJails.value(
                        Execution.of(language, abuse.program(language)).policy(policy)))
                .isEqualTo("reached");
    }

    @ParameterizedTest
    @MethodSource("abuses")
    void isStoppedByItsLimit(Abuse abuse, String language) {
        String policy = OpenJails.policy(folder, "tight", abuse.tight());

        Outcome outcome =
                OpenJails.run(Execution.of(language, abuse.program(language)).policy(policy));

        if (abuse.kind() == null) {
            assertThat(outcome).isInstanceOf(Outcome.Completed.class);
            assertThat(String.valueOf(((Outcome.Completed) outcome).value())).startsWith("stopped");
            return;
        }
        assertThat(outcome).as(outcome.stderr()).isInstanceOf(Outcome.LimitExceeded.class);
        assertThat(((Outcome.LimitExceeded) outcome).kind()).isEqualTo(abuse.kind());
    }

    static Stream<Arguments> deadlyAbuses() {
        return abuses().filter(arguments -> ((Abuse) arguments.get()[0]).kind() != null);
    }

    @ParameterizedTest
    @Tag("timing")
    @MethodSource("deadlyAbuses")
    void isStoppedInTime(Abuse abuse, String language) {
        String policy = OpenJails.policy(folder, "tight", abuse.tight());

        Outcome outcome =
                OpenJails.run(Execution.of(language, abuse.program(language)).policy(policy));

        assertThat(outcome.timeline().run()).isLessThan(abuse.latest());
        assertThat(outcome.timeline().teardown().toMillis()).isLessThan(200);
    }
}
