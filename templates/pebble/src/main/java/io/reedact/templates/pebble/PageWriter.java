package io.reedact.templates.pebble;

import io.reedact.templates.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The text of a page while it is being made. Some of it may come later; nothing of it is written anywhere before the page is
 * known to be whole. A page that has failed is told so at its next word.
 */
final class PageWriter extends Writer {
    private final Page page;
    private final List<Supplier<String>> parts = new ArrayList<>();
    private StringBuilder last = new StringBuilder();

    PageWriter(Page page) {
        this.page = page;
    }

    @Override
    public void write(char[] text, int start, int length) {
        page.check();
        last.append(text, start, length);
    }

    @Override
    public void write(String text, int start, int length) {
        page.check();
        last.append(text, start, start + length);
    }

    /** Keeps a place for a text that is not there yet. */
    void later(Supplier<String> text) {
        StringBuilder before = last;
        parts.add(before::toString);
        parts.add(text);
        last = new StringBuilder();
    }

    /** All of it; waits for what comes later. Halves of surrogate pairs, which no encoding has, become U+FFFD. */
    String text() {
        StringBuilder whole = new StringBuilder();
        parts.forEach(part -> whole.append(part.get()));
        whole.append(last);
        return wellFormed(whole);
    }

    private static String wellFormed(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (isPair) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                text.setCharAt(i, '\ufffd');
            }
        }
        return text.toString();
    }

    @Override
    public void flush() {
        // Into what? It is all here.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
