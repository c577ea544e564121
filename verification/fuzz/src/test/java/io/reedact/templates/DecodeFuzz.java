package io.reedact.templates;

import static io.reedact.templates.Fuzzed.check;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Any text is a block's encoded form, or refused as an argument. */
public final class DecodeFuzz {
    private DecodeFuzz() {}

    /** Called by the fuzzer. The same bytes are tried as the text itself, and as what it encodes. */
    public static void fuzzerTestOneInput(byte[] data) {
        decode(new String(data, StandardCharsets.ISO_8859_1));
        decode(Base64.getUrlEncoder().encodeToString(data));
    }

    private static void decode(String text) {
        PreparedBlock block;
        try {
            block = PreparedBlock.decoded(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        check(PreparedBlock.decoded(block.encoded()).equals(block), "what is a block stays one");
    }
}
