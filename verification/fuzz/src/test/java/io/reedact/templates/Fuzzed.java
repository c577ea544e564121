package io.reedact.templates;

import io.reedact.engine.Jails;
import java.nio.charset.StandardCharsets;

/** What fuzz targets make of the fuzzer's bytes, and of what they see. */
public final class Fuzzed {
    /** Its runtimes and policies are read; nothing is run. */
    public static final Jails JAILS = Jails.open();

    private Fuzzed() {}

    /** A text in which any character can be: some of those for private use stand for surrogates, which UTF-8 can't hold alone. */
    public static String text(byte[] data) {
        StringBuilder text = new StringBuilder(new String(data, StandardCharsets.UTF_8));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '\ue000' && c < '\ue800') {
                text.setCharAt(i, (char) (c - 0x800));
            }
        }
        return text.toString();
    }

    /** Ends the run with an input for which something does not hold. */
    public static void check(boolean holds, String promise) {
        if (!holds) {
            throw new AssertionError("does not hold: " + promise);
        }
    }
}
