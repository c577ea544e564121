package io.reedact.value;

/** Halves of surrogate pairs, which are no characters and have no UTF-8 form. */
final class Texts {
    private Texts() {}

    static boolean hasLoneSurrogate(String text) {
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open != Character.isLowSurrogate(c)) {
                return true;
            }
            open = Character.isHighSurrogate(c);
        }
        return open;
    }

    /** The text as a JSON string, quotes included, in ASCII: halves of pairs keep their form {@code \ud800}. */
    static String escaped(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
