package io.reedact.templates;

import io.reedact.problem.Location;
import io.reedact.problem.SourceText;
import java.util.Arrays;

/** A template's text with its name, for pointing at offsets in it. Lines end as editors count them: LF, CRLF or CR. Immutable. */
public final class TemplateText {
    private static final int LONGEST_LINE = 1000;

    private final String name;
    private final String text;
    private final SourceText lines;
    private final int[] starts;

    /**
     * @param name as the author knows the template
     * @param text as it was read
     */
    public TemplateText(String name, String text) {
        this.name = name;
        this.text = text;
        this.lines = new SourceText(name, text.replace("\r\n", " \n").replace('\r', '\n'));
        this.starts = startsOfLines(lines.text());
    }

    private static int[] startsOfLines(String text) {
        int[] starts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
        int line = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            starts[line++] = at + 1;
        }
        return starts;
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
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The place of what stands first in a line. */
    public Location startOf(int line) {
        String source = lines.line(line);
        return bounded(lines.at(line, source.length() - source.stripLeading().length() + 1));
    }

    /** The place of the word that begins at an offset. */
    public Location at(int offset) {
        int line = line(offset);
        return bounded(lines.at(line, text.codePointCount(starts[line - 1], offset) + 1));
    }

    /** Nobody looks at a line of such a length, and each block would carry it. */
    private static Location bounded(Location place) {
        String source = place.sourceLine();
        return source == null || source.length() <= LONGEST_LINE
                ? place
                : new Location(place.file(), place.line(), place.column(), place.length(), null);
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
