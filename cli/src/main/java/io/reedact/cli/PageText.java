package io.reedact.cli;

import io.reedact.execution.Timeline;
import io.reedact.problem.Location;
import io.reedact.templates.BlockRun;
import io.reedact.templates.PageFailure;
import io.reedact.templates.PageReport;
import io.reedact.unit.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** A page for a person: why it failed, and when its blocks ran. */
final class PageText {
    private static final int COLUMNS = 40;

    private final Terminal terminal;

    PageText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Why there is no page; nothing where there is one. */
    void sayFailure(PageResult result) {
        if (result.failure() instanceof PageFailure.Block block) {
            BlockRun run = block.run();
            new ExecutionText(terminal).sayBlock(run.outcome(), place(run.tag()));
        } else if (result.failure() instanceof PageFailure.Limit limit) {
            terminal.say(terminal.alarming("error") + ": the page passed its limit: " + limit.kind() + " of "
                    + amount(limit, limit.limit()) + "\n" + place(limit.place()));
        } else if (result.failure() != null) {
            terminal.say(terminal.alarming("error") + ": cancelled\n");
        }
    }

    private static String place(Location place) {
        return "  --> " + place.file() + ":" + place.line() + "\n";
    }

    private static String amount(PageFailure.Limit limit, long amount) {
        return limit.isTime() ? Durations.format(Duration.ofNanos(amount)) : Long.toString(amount);
    }

    /** A line a block, in the order in which their tags were reached, each with a bar over the page's time. */
    void sayTimeline(PageResult result) {
        PageReport report = result.report();
        StringBuilder text = new StringBuilder("page %s under policy %s: %s, %s of it in %d blocks%n"
                .formatted(
                        result.template(),
                        report.policy(),
                        millis(report.total()),
                        millis(report.inBlocks()),
                        report.blocks().size()));
        text.append("· waits for its inputs, - for its jail, = runs\n");
        for (BlockRun run : report.blocks()) {
            text.append(line(run, report.total()));
        }
        terminal.say(GuestText.escaped(text.toString()));
    }

    private static String line(BlockRun run, Duration total) {
        Timeline timeline = run.outcome().timeline();
        Path file = Path.of(run.tag().file()).getFileName();
        String name = run.name() == null ? file + ":" + run.tag().line() : run.name();
        return "%-16s %-10s |%s| from %s to %s: jail %s, run %s%s%n"
                .formatted(
                        name,
                        run.outcome().report().language(),
                        bar(run, total),
                        millis(run.started()),
                        millis(run.ended()),
                        millis(timeline.jail()),
                        millis(timeline.run()),
                        run.fellBack() ? ", fell back" : "");
    }

    private static String bar(BlockRun run, Duration total) {
        int started = column(run.started(), total);
        int launched = column(run.launched(), total);
        int ended = Math.max(launched + 1, column(run.ended(), total));
        int running = Math.max(
                launched, column(run.ended().minus(run.outcome().timeline().run()), total));
        String bar = " ".repeat(started)
                + "·".repeat(launched - started)
                + "-".repeat(Math.max(0, Math.min(running, ended - 1) - launched));
        return bar + "=".repeat(ended - bar.length()) + " ".repeat(COLUMNS + 1 - ended);
    }

    private static int column(Duration time, Duration total) {
        return (int) Math.min(COLUMNS, COLUMNS * time.toNanos() / Math.max(1, total.toNanos()));
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", Json.millis(time));
    }
}
