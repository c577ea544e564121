package io.reedact.cli;

import io.reedact.execution.Isolation;
import io.reedact.execution.Report;
import io.reedact.execution.Timeline;
import io.reedact.execution.Usage;
import io.reedact.policy.Limits;
import tools.jackson.core.JsonGenerator;

/** What every outcome tells of limits, usage, layers and times, as members of its JSON object. */
final class ReportJson {
    private ReportJson() {}

    static void write(Report report, JsonGenerator out) {
        writeLimits(report.limits(), out);
        writeUsage(report.usage(), out);
        writeIsolation(report.isolation(), out);
        writeTimeline(report.timeline(), out);
    }

    private static void writeLimits(Limits limits, JsonGenerator out) {
        out.writeName("limits");
        out.writeStartObject();
        Json.millis(out, "wallMillis", limits.timeout());
        Json.millis(out, "cpuMillis", limits.cpuTime());
        out.writeNumberProperty("cpuCores", limits.cpuQuota().thousandths() / 1e3);
        out.writeNumberProperty("memoryBytes", limits.memory().bytes());
        out.writeNumberProperty("processes", limits.processes());
        out.writeNumberProperty("outputBytes", limits.output().bytes());
        out.writeNumberProperty("valueBytes", limits.value().bytes());
        out.writeNumberProperty("diskBytes", limits.disk().bytes());
        out.writeNumberProperty("inodes", limits.inodes());
        out.writeNumberProperty("openFiles", limits.openFiles());
        out.writeNumberProperty("fileSizeBytes", limits.fileSize().bytes());
        out.writeEndObject();
    }

    private static void writeUsage(Usage usage, JsonGenerator out) {
        out.writeName("usage");
        out.writeStartObject();
        Json.millis(out, "wallMillis", usage.wall());
        Json.millis(out, "cpuMillis", usage.cpu());
        Json.millis(out, "throttledMillis", usage.throttled());
        boolean hasMemory = usage.memoryPeakBytes().isPresent();
        Json.number(out, "memoryPeakBytes", hasMemory ? usage.memoryPeakBytes().getAsLong() : null);
        boolean hasProcesses = usage.processesPeak().isPresent();
        Json.number(
                out,
                "processesPeak",
                hasProcesses ? (long) usage.processesPeak().getAsInt() : null);
        out.writeNumberProperty("stdoutBytes", usage.stdoutBytes());
        out.writeNumberProperty("stderrBytes", usage.stderrBytes());
        out.writeNumberProperty("valueBytes", usage.valueBytes());
        out.writeNumberProperty("diskBytes", usage.diskBytes());
        out.writeName("limitHits");
        out.writeStartObject();
        out.writeNumberProperty("processes", usage.limitHits().processes());
        out.writeNumberProperty("disk", usage.limitHits().disk());
        out.writeNumberProperty("inodes", usage.limitHits().inodes());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void writeIsolation(Isolation isolation, JsonGenerator out) {
        out.writeName("isolation");
        out.writeStartObject();
        Json.texts(out, "layers", isolation.layers());
        Json.texts(out, "missing", isolation.missing());
        Json.number(out, "landlockAbi", isolation.landlockAbi() == 0 ? null : (long) isolation.landlockAbi());
        out.writeEndObject();
    }

    private static void writeTimeline(Timeline timeline, JsonGenerator out) {
        out.writeName("timeline");
        out.writeStartObject();
        out.writeStringProperty("start", timeline.start().toString());
        Json.millis(out, "queuedMillis", timeline.queued());
        Json.millis(out, "jailMillis", timeline.jail());
        Json.millis(out, "runMillis", timeline.run());
        Json.millis(out, "teardownMillis", timeline.teardown());
        Json.millis(out, "totalMillis", timeline.total());
        out.writeEndObject();
    }
}
