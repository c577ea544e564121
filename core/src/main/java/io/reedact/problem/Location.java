package io.reedact.problem;

import org.jspecify.annotations.Nullable;

/**
 * A place in a file that somebody has written.
 *
 * @param file as the reader knows it: a path, or a name such as {@code --with}
 * @param line 1-based; 0 stands for the file as a whole
 * @param column 1-based, in characters (code points); 0 where the line is 0
 * @param length how many characters the place is long, at least 1
 * @param sourceLine the text of the line, without its end; null where it is not known
 */
public record Location(
        String file,
        int line,
        int column,
        int length,
        @Nullable String sourceLine) {
    public Location {
        if (line < 0 || column < 0 || length < 1) {
            throw new IllegalArgumentException("no such place: " + line + ":" + column + ", length " + length);
        }
    }

    /** The file as a whole. */
    public static Location of(String file) {
        return new Location(file, 0, 0, 1, null);
    }

    /** {@code file:line:column}, or the file alone. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
