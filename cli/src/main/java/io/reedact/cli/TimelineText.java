package io.reedact.cli;

import io.reedact.execution.Report;
import io.reedact.execution.Timeline;
import io.reedact.execution.Usage;
import io.reedact.policy.Limits;
import io.reedact.unit.Durations;
import java.time.Duration;
import java.util.Locale;

/** Limits, usage, layers and times of an execution, for a person. */
final class TimelineText {
    private TimelineText() {}

    /** A few lines, each with its name in front. */
    static String of(Report report) {
        Limits limits = report.limits();
        Usage usage = report.usage();
        String processes = usage.processesPeak().isPresent()
                ? Integer.toString(usage.processesPeak().getAsInt())
                : "?";
        String memory = usage.memoryPeakBytes().isPresent()
                ? size(usage.memoryPeakBytes().getAsLong())
                : "?";
        return line("runtime", report.runtime() + " under policy " + report.policy())
                + line("time", millis(usage.wall()) + " of " + Durations.format(limits.timeout()))
                + line(
                        "cpu",
                        millis(usage.cpu()) + " at " + limits.cpuQuota() + " cores, slowed for "
                                + millis(usage.throttled()))
                + line("memory", memory + " of " + limits.memory())
                + line("processes", processes + " of " + limits.processes())
                + line("disk", size(usage.diskBytes()) + " of " + limits.disk())
                + layers(report)
                + times(report.timeline());
    }

    private static String layers(Report report) {
        String missing = String.join(", ", report.isolation().missing());
        return line("layers", String.join(", ", report.isolation().layers()))
                + (missing.isEmpty() ? "" : line("missing", missing));
    }

    private static String times(Timeline timeline) {
        return line(
                "timeline",
                timeline.start() + ": queued " + millis(timeline.queued()) + ", jail " + millis(timeline.jail())
                        + ", run "
                        + millis(timeline.run()) + ", total " + millis(timeline.total()) + "; teardown "
                        + millis(timeline.teardown()));
    }

    private static String line(String name, String text) {
        return Paragraph.wrapped("%-10s %s".formatted(name, text), 100, 11);
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", Json.millis(time));
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
    }
}
