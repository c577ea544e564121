package io.reedact.cli;

import io.reedact.execution.Exit;
import io.reedact.execution.GuestError;
import io.reedact.execution.LimitKind;
import io.reedact.execution.Outcome;
import io.reedact.execution.Output;
import io.reedact.execution.Violation;
import io.reedact.value.ValueWriter;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** An outcome as JSON: every field is there, null or empty where there is nothing. */
final class ExecutionJson {
    private ExecutionJson() {}

    /** One object in one line. */
    static String of(Outcome outcome) {
        return Json.line(out -> write(outcome, out));
    }

    private static void write(Outcome outcome, JsonGenerator out) {
        out.writeStartObject();
        writeFields(outcome, out);
        out.writeEndObject();
    }

    /** All about an outcome, into an object that is open. */
    static void writeFields(Outcome outcome, JsonGenerator out) {
        out.writeStringProperty("outcome", Ending.of(outcome).word());
        out.writeStringProperty("language", outcome.report().language());
        out.writeStringProperty("runtime", outcome.report().runtime());
        Json.text(out, "policy", outcome.report().policy());
        out.writeName("value");
        writeValue(outcome instanceof Outcome.Completed completed ? completed.value() : null, out);
        writeStream("stdout", outcome.report().stdout(), out);
        writeStream("stderr", outcome.report().stderr(), out);
        out.writeName("error");
        writeError(outcome instanceof Outcome.Failed failed ? failed.error() : null, out);
        writeExit(outcome, out);
        out.writeName("limit");
        writeLimit(outcome, out);
        writeViolations(outcome.violations(), out);
        out.writeBooleanProperty("violationsTruncated", outcome.violationsTruncated());
        ReportJson.write(outcome.report(), out);
    }

    /** A value in the value notation, as results show it. */
    static void writeValue(@Nullable Object value, JsonGenerator out) {
        ValueWriter.forResults().write(value, "value", out);
    }

    private static void writeStream(String name, Output output, JsonGenerator out) {
        Json.text(out, name, output.text());
        Json.text(
                out,
                name + "Base64",
                output.isText() ? null : Base64.getEncoder().encodeToString(output.bytes()));
        out.writeBooleanProperty(name + "Truncated", output.truncated());
    }

    /** What the guest says went wrong, or null. */
    static void writeError(@Nullable GuestError error, JsonGenerator out) {
        if (error == null) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        Json.text(out, "type", error.type());
        Json.text(out, "message", error.message());
        Json.text(out, "file", error.file());
        Json.number(out, "line", error.line() == 0 ? null : (long) error.line());
        Json.text(out, "trace", error.trace());
        Json.text(out, "hint", error.hint());
        out.writeEndObject();
    }

    /** How the guest ended by itself; null where it was ended. */
    private static void writeExit(Outcome outcome, JsonGenerator out) {
        out.writeName("exit");
        if (!(outcome instanceof Outcome.Completed || outcome instanceof Outcome.Failed)) {
            out.writeNull();
            return;
        }
        Exit exit = outcome.report().exit();
        out.writeStartObject();
        Json.number(out, "code", exit.signal() == null ? (long) exit.code() : null);
        Json.text(out, "signal", exit.signal());
        out.writeEndObject();
    }

    /** The limit at which it was killed, or null. */
    static void writeLimit(Outcome outcome, JsonGenerator out) {
        if (outcome instanceof Outcome.LimitExceeded exceeded) {
            out.writeStartObject();
            out.writeStringProperty("kind", exceeded.kind().label());
            writeAmount("limit", exceeded.kind(), exceeded.limit(), out);
            writeAmount("used", exceeded.kind(), exceeded.used(), out);
            out.writeEndObject();
        } else {
            out.writeNull();
        }
    }

    /** Bytes, or milliseconds: the units of {@code usage}. */
    private static void writeAmount(String name, LimitKind kind, long amount, JsonGenerator out) {
        if (kind.isTime()) {
            Json.millis(out, name, Duration.ofNanos(amount));
        } else {
            out.writeNumberProperty(name, amount);
        }
    }

    private static void writeViolations(List<Violation> violations, JsonGenerator out) {
        out.writeName("violations");
        out.writeStartArray();
        for (Violation violation : violations) {
            out.writeStartObject();
            out.writeStringProperty("kind", violation.kind());
            out.writeStringProperty("name", violation.name());
            out.writeStringProperty("detail", violation.detail());
            out.writeNumberProperty("count", violation.count());
            out.writeStringProperty("rule", violation.rule());
            Json.text(out, "hint", violation.hint());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
