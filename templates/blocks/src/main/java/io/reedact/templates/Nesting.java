package io.reedact.templates;

/** Where an expression ends: at the first such mark outside its quotes and brackets. */
final class Nesting {
    private Nesting() {}

    /** The offset of the mark, or -1 if the text ends before. A quote that never ends hides the rest of the text. */
    static int indexOf(String mark, String text, int from) {
        return indexOf(mark, text, from, text.length());
    }

    /** The same, before an offset. */
    static int indexOf(String mark, String text, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = endOfQuote(text, i);
                continue;
            }
            if (depth == 0 && text.startsWith(mark, i)) {
                return i;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            depth = Math.max(0, depth);
        }
        return -1;
    }

    /** The offset of the quote that ends the one at {@code start}, or the text's last one. */
    static int endOfQuote(String text, int start) {
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i;
            }
        }
        return text.length() - 1;
    }
}
