package io.reedact.cli;

import java.util.function.IntFunction;

/**
 * Makes text from guests harmless for a terminal. Control characters could move its cursor, change what stands there
 * already, or make it type; marks of writing direction could hide what stands beside them.
 */
final class GuestText {
    private GuestText() {}

    /** The text with every harmful character written as {@code \x1b} or <code>&#92;u{202e}</code>. */
    static String escaped(String text) {
        return replaced(text, c -> c < 0x100 ? "\\x%02x".formatted(c) : "\\u{%x}".formatted(c));
    }

    /** The same for JSON, whose own escapes stay valid. */
    static String escapedJson(String json) {
        return replaced(json, "\\u%04x"::formatted);
    }

    private static String replaced(String text, IntFunction<String> escape) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmful(c)) {
                safe.append(escape.apply(c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static boolean isHarmful(char c) {
        boolean isControl = c < 0x20 && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0;
        boolean isDirection = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x200e || c == 0x200f;
        return isControl || isDirection;
    }
}
