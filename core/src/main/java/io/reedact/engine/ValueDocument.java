package io.reedact.engine;

import io.reedact.execution.GuestError;
import io.reedact.problem.ProblemException;
import io.reedact.value.ValueReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a guest said on its value channel: a value, an error, or nothing.
 *
 * @param hasValue whether it gave one, which may be null
 * @param value the value
 * @param error the error, or null
 */
record ValueDocument(
        boolean hasValue, @Nullable Object value, @Nullable GuestError error) {
    private static final int LONGEST_LINE_NUMBER = Integer.MAX_VALUE;

    /** Reads a document. One that can't be read is the guest's error: whatever wrote it runs in the jail. */
    static ValueDocument read(byte[] bytes) {
        if (bytes.length == 0) {
            return new ValueDocument(false, null, null);
        }
        try {
            if (ValueReader.parse(bytes) instanceof Map<?, ?> document && document.size() == 1) {
                if (document.containsKey("value")) {
                    return new ValueDocument(true, document.get("value"), null);
                }
                if (document.get("error") instanceof Map<?, ?> error) {
                    return new ValueDocument(false, null, error(error));
                }
            }
            return invalid("the value document has neither a value nor an error");
        } catch (ProblemException e) {
            return invalid(
                    "the value document can't be read: " + e.problems().get(0).message());
        }
    }

    private static ValueDocument invalid(String message) {
        return new ValueDocument(false, null, new GuestError("InvalidValue", message, null, 0, "", null));
    }

    private static GuestError error(Map<?, ?> error) {
        Object line = error.get("line");
        return new GuestError(
                text(error.get("type"), "Error"),
                text(error.get("message"), ""),
                error.get("file") instanceof String file ? file : null,
                line instanceof Long number && number > 0 && number <= LONGEST_LINE_NUMBER ? number.intValue() : 0,
                text(error.get("trace"), ""),
                null);
    }

    private static String text(@Nullable Object value, String missing) {
        return value instanceof String text ? text : missing;
    }
}
