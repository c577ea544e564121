package io.reedact.templates;

import java.util.BitSet;

/** The indentation that all lines of a body have in common, for languages that mind it. */
final class Indentation {
    private Indentation() {}

    /**
     * The body without it. What stands on the line of the tag is a line of its own; lines that begin inside a text belong to
     * it, and stay as they are.
     *
     * @param held such lines, from 0
     */
    static String without(CharSequence body, BitSet held) {
        String[] lines = body.toString().split("\n", -1);
        String common = common(lines, held);
        StringBuilder text = new StringBuilder(body.length()).append(lines[0].stripLeading());
        for (int i = 1; i < lines.length; i++) {
            boolean isIndented = !held.get(i) && lines[i].startsWith(common);
            text.append('\n').append(isIndented ? lines[i].substring(common.length()) : lines[i]);
        }
        return text.toString();
    }

    private static String common(String[] lines, BitSet held) {
        String common = null;
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isBlank() && !held.get(i)) {
                String own = lines[i].substring(
                        0, lines[i].length() - lines[i].stripLeading().length());
                common = common == null ? own : commonPrefix(common, own);
            }
        }
        return common == null ? "" : common;
    }

    private static String commonPrefix(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }
}
