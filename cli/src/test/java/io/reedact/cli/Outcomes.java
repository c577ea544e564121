package io.reedact.cli;

import io.reedact.execution.Exit;
import io.reedact.execution.Isolation;
import io.reedact.execution.LimitHits;
import io.reedact.execution.Output;
import io.reedact.execution.Report;
import io.reedact.execution.StartKind;
import io.reedact.execution.Timeline;
import io.reedact.execution.Usage;
import io.reedact.execution.Violation;
import io.reedact.policy.Limits;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reports of executions that never ran. */
final class Outcomes {
    private static final Limits LIMITS = new Limits(
            ByteSize.mebibytes(256),
            Duration.ofSeconds(30),
            null,
            CpuShare.parse("0.5"),
            ByteSize.mebibytes(1),
            ByteSize.mebibytes(16),
            64,
            ByteSize.mebibytes(64),
            4096,
            256,
            ByteSize.mebibytes(64),
            100,
            Duration.ofSeconds(30));

    private Outcomes() {}

    static Report quiet() {
        return report(Output.NONE, Output.NONE, new Exit(0, null), List.of());
    }

    static Report writing(String stdout, String stderr) {
        return report(output(stdout), output(stderr), new Exit(0, null), List.of());
    }

    static Report ending(Exit exit) {
        return report(Output.NONE, Output.NONE, exit, List.of());
    }

    static Report denied(Violation... violations) {
        return report(Output.NONE, Output.NONE, new Exit(0, null), List.of(violations));
    }

    static Output output(String text) {
        return new Output(text.getBytes(StandardCharsets.UTF_8), false);
    }

    static Report report(Output stdout, Output stderr, Exit exit, List<Violation> violations) {
        Usage usage = new Usage(
                Duration.ofNanos(3_100_499),
                Duration.ofNanos(1_200_000),
                Duration.ZERO,
                OptionalLong.of(9_437_184),
                OptionalInt.empty(),
                stdout.size(),
                stderr.size(),
                0,
                0,
                new LimitHits(1, 0, 0));
        Timeline timeline = new Timeline(
                StartKind.COLD,
                Duration.ZERO,
                Duration.ofMillis(12),
                Duration.ofNanos(3_100_499),
                Duration.ofMillis(1),
                Duration.ofMillis(17));
        Isolation isolation = new Isolation(List.of("user-namespace", "seccomp"), List.of("landlock"), 0);
        return new Report(
                "python",
                "python 3.11.2",
                "default",
                stdout,
                stderr,
                exit,
                violations,
                false,
                usage,
                isolation,
                timeline,
                LIMITS);
    }
}
