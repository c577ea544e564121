package io.reedact.cli;

import io.reedact.execution.Outcome;
import io.reedact.templates.BlockRun;
import io.reedact.templates.PageFailure;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/** A page as JSON: every field is there, null or empty where there is nothing. */
final class PageJson {
    private PageJson() {}

    /** One object in one line. */
    static String of(PageResult result) {
        return Json.line(out -> write(result, out));
    }

    private static void write(PageResult result, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("outcome", result.ending().word());
        Json.text(out, "html", result.html());
        Json.text(out, "policy", result.report().policy());
        out.writeName("blocks");
        out.writeStartArray();
        result.report().blocks().forEach(run -> write(run, out));
        out.writeEndArray();
        out.writeName("error");
        writeError(result, out);
        out.writeName("limit");
        writeLimit(result, out);
        out.writeName("timeline");
        out.writeStartObject();
        Json.millis(out, "totalMillis", result.report().total());
        Json.millis(out, "blocksMillis", result.report().inBlocks());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void write(BlockRun run, JsonGenerator out) {
        out.writeStartObject();
        Json.text(out, "name", run.name());
        Json.text(out, "file", run.tag().file());
        out.writeNumberProperty("line", run.tag().line());
        out.writeBooleanProperty("fallback", run.fellBack());
        Json.millis(out, "startedMillis", run.started());
        Json.millis(out, "launchedMillis", run.launched());
        Json.millis(out, "endedMillis", run.ended());
        ExecutionJson.writeFields(run.outcome(), out);
        out.writeEndObject();
    }

    private static void writeError(PageResult result, JsonGenerator out) {
        if (result.failure() instanceof PageFailure.Block block
                && block.run().outcome() instanceof Outcome.Failed failed) {
            ExecutionJson.writeError(failed.error(), out);
        } else {
            out.writeNull();
        }
    }

    private static void writeLimit(PageResult result, JsonGenerator out) {
        if (result.failure() instanceof PageFailure.Block block) {
            ExecutionJson.writeLimit(block.run().outcome(), out);
        } else if (result.failure() instanceof PageFailure.Limit limit) {
            out.writeStartObject();
            out.writeStringProperty("kind", limit.kind());
            writeAmount("limit", limit, limit.limit(), out);
            writeAmount("used", limit, limit.used(), out);
            out.writeEndObject();
        } else {
            out.writeNull();
        }
    }

    private static void writeAmount(String name, PageFailure.Limit limit, long amount, JsonGenerator out) {
        if (limit.isTime()) {
            Json.millis(out, name, Duration.ofNanos(amount));
        } else {
            out.writeNumberProperty(name, amount);
        }
    }
}
