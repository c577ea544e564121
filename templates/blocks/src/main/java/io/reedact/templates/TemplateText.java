package io.reedact.templates;

import io.reedact.problem.Location;
import io.reedact.problem.SourceText;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A template's text with its name, for pointing at offsets in it. Lines end as editors count them: LF, CRLF or CR. Immutable. */
public final class TemplateText {
    private static final int LONGEST_LINE = 1000;

    private final String name;
    private final String text;
    private final int[] starts;

    /** The second halves of surrogate pairs. */
    private final int[] halves;

    /**
     * @param name as the author knows the template
     * @param text as it was read
     */
    public TemplateText(String name, String text) {
        this.name = name;
        this.text = text;
        this.starts =
                IntStream.rangeClosed(0, text.length()).filter(this::beginsLine).toArray();
        this.halves = IntStream.range(1, text.length())
                .filter(i -> Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i)))
                .toArray();
    }

    private boolean beginsLine(int offset) {
        char before = offset == 0 ? '\n' : text.charAt(offset - 1);
        return before == '\n' || (before == '\r' && !text.startsWith("\n", offset));
    }

    /** The template's name, as its author knows it. */
    public String name() {
        return name;
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** The line of an offset, from 1. */
    public int line(int offset) {
        return countBelow(offset + 1, starts);
    }

    /** The place of what stands first in a line; engines may count more lines than there are. */
    public Location startOf(int line) {
        if (line > starts.length) {
            return new Location(name, line, 1, 1, null);
        }
        int start = starts[line - 1];
        String source = source(line);
        return at(start + source.length() - source.stripLeading().length());
    }

    /** The place of the word that begins at an offset. */
    public Location at(int offset) {
        int line = line(offset);
        int start = starts[line - 1];
        int column = offset - start + 1 - (countBelow(offset, halves) - countBelow(start, halves));
        // Nobody looks at a line of such a length, and each block would carry it.
        boolean isLong = end(line) - start > LONGEST_LINE;
        return isLong
                ? new Location(name, line, column, 1, null)
                : placed(line, new SourceText(name, source(line)).at(1, column));
    }

    private Location placed(int line, Location inLine) {
        return new Location(name, line, inLine.column(), inLine.length(), inLine.sourceLine());
    }

    private static int countBelow(int limit, int[] sorted) {
        int found = Arrays.binarySearch(sorted, limit);
        return found >= 0 ? found : -found - 1;
    }

    private int end(int line) {
        return line < starts.length ? starts[line] : text.length();
    }

    /** A line without its end. */
    private String source(int line) {
        String source = text.substring(starts[line - 1], end(line));
        int length = source.length();
        while (length > 0 && "\r\n".indexOf(source.charAt(length - 1)) >= 0) {
            length--;
        }
        return source.substring(0, length);
    }

    /** The place of what lies between two offsets, as far as it is on one line. */
    public Location between(int start, int end) {
        Location place = at(start);
        int stop = start;
        while (stop < end && text.charAt(stop) != '\n' && text.charAt(stop) != '\r') {
            stop++;
        }
        int length = Math.max(1, text.codePointCount(start, stop));
        return new Location(name, place.line(), place.column(), length, place.sourceLine());
    }
}
