package io.reedact.templates;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntPredicate;

/** Where an expression ends: at the first such mark outside its quotes and brackets. */
final class Nesting {
    private Nesting() {}

    /** The offset of the mark, or -1 if the text ends before. A quote that never ends hides the rest of the text. */
    static int indexOf(String mark, String text, int from) {
        return indexOf(mark, text, from, text.length());
    }

    /** The same, before an offset. */
    static int indexOf(String mark, String text, int from, int to) {
        return first(i -> text.startsWith(mark, i), text, from, to);
    }

    /** The first offset of those outside of quotes and brackets that is one, or -1. */
    static int first(IntPredicate isOne, String text, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = endOfQuote(text, i);
                continue;
            }
            if (depth == 0 && isOne.test(i)) {
                return i;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            depth = Math.max(0, depth);
        }
        return -1;
    }

    /** Whether each bracket of an expression has its other half in it, and each quote: nothing in it can reach out of it. */
    static boolean isWhole(String expression) {
        Deque<Character> open = new ArrayDeque<>();
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            int closing = ")]}".indexOf(c);
            if (c == '"' || c == '\'') {
                int end = endOfQuote(expression, i);
                if (end == i || expression.charAt(end) != c) {
                    return false;
                }
                i = end;
            } else if ("([{".indexOf(c) >= 0) {
                open.push(c);
            } else if (closing >= 0 && (open.isEmpty() || open.pop() != "([{".charAt(closing))) {
                return false;
            }
        }
        return open.isEmpty();
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
