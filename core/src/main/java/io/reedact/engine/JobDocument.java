package io.reedact.engine;

import io.reedact.execution.Execution;
import io.reedact.policy.Rules;
import io.reedact.runtime.LanguageRuntime;
import io.reedact.value.ValueWriter;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** The job as a prelude reads it from descriptor 3; docs/adding-a-runtime.md describes it. */
final class JobDocument {
    private static final JsonFactory JSON = ValueWriter.jsonFactory();

    private JobDocument() {}

    /**
     * The job of an execution.
     *
     * @throws io.reedact.value.UnsupportedValueException if an input or hole can't be handed to this language
     */
    static byte[] encode(Execution execution, Rules rules, LanguageRuntime runtime) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        ValueWriter values = new ValueWriter(runtime.traits());
        try (JsonGenerator out = JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            writeSource(execution, out);
            writeVariables(execution, values, out);
            writeRest(execution, rules, values, out);
            out.writeBooleanProperty("tagged", values.hasTags());
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeSource(Execution execution, JsonGenerator out) {
        Execution.Source source = execution.source();
        out.writeStringProperty("mode", source.isProgram() ? "program" : execution.isSyntaxOnly() ? "check" : "block");
        out.writeStringProperty("source", source.code());
        out.writeStringProperty("file", source.file());
        out.writeNumberProperty("line", source.line());
    }

    /** Inputs and holes; where a value in a hole is refused, it is called as its author wrote it. */
    private static void writeVariables(Execution execution, ValueWriter values, JsonGenerator out) {
        out.writeName("inputs");
        out.writeStartObject();
        for (Map.Entry<String, @Nullable Object> input : execution.inputs().entrySet()) {
            out.writeName(input.getKey());
            values.write(input.getValue(), input.getKey(), out);
        }
        out.writeEndObject();
        out.writeName("holes");
        out.writeStartObject();
        for (Execution.Hole hole : execution.holes()) {
            out.writeName(hole.name());
            values.write(hole.value(), hole.shown(), out);
        }
        out.writeEndObject();
    }

    private static void writeRest(Execution execution, Rules rules, ValueWriter values, JsonGenerator out) {
        out.writeName("arguments");
        values.write(execution.arguments(), "arguments", out);
        out.writeName("files");
        out.writeStartObject();
        for (Map.Entry<String, byte[]> file : execution.files().entrySet()) {
            out.writeName(file.getKey());
            values.write(file.getValue(), file.getKey(), out);
        }
        out.writeEndObject();
        out.writeName("modulePath");
        out.writeStartArray();
        for (Path path : rules.modulePath()) {
            out.writeString(path.toString());
        }
        out.writeEndArray();
        int thousandths = rules.limits().cpuQuota().thousandths();
        out.writeNumberProperty("processors", Math.max(1, (thousandths + 999) / 1000));
        out.writeNumberProperty("memory", rules.limits().memory().bytes());
    }
}
