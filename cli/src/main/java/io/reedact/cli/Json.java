package io.reedact.cli;

import java.io.StringWriter;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON documents of one line. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** One value, with a line end behind it. */
    static String line(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            content.accept(out);
        }
        return text.append('\n').toString();
    }

    /** A text that may be absent. Half of a surrogate pair, which UTF-8 can't hold, becomes U+FFFD. */
    static void text(JsonGenerator out, String name, @Nullable String value) {
        out.writeName(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeString(whole(value));
        }
    }

    /** A number that may be absent. */
    static void number(JsonGenerator out, String name, @Nullable Long value) {
        out.writeName(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeNumber(value.longValue());
        }
    }

    /** Milliseconds with three decimals; null where there is no time. */
    static void millis(JsonGenerator out, String name, @Nullable Duration time) {
        out.writeName(name);
        if (time == null) {
            out.writeNull();
        } else {
            out.writeNumber(millis(time));
        }
    }

    /** Milliseconds with three decimals. */
    static double millis(Duration time) {
        return Math.round(time.toNanos() / 1e3) / 1e3;
    }

    /** A list of texts. */
    static void texts(JsonGenerator out, String name, Iterable<String> values) {
        out.writeName(name);
        out.writeStartArray();
        values.forEach(value -> out.writeString(whole(value)));
        out.writeEndArray();
    }

    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }
}
