package io.reedact.problem;

/**
 * The text of a file that somebody has written, for pointing at places in it. Lines and columns count from 1, columns in
 * characters (code points). Immutable.
 */
public final class SourceText {
    private final String name;
    private final String text;

    /** A file with the name that its reader knows it by. */
    public SourceText(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** The name that the file's reader knows it by. */
    public String name() {
        return name;
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /**
     * The place of what begins at a line and column: a word, a text in quotes, or what is in square brackets at the
     * beginning of a line. Places beyond the text are taken back into it.
     */
    public Location at(int line, int column) {
        String source = line(line);
        String word = wordAt(source, column);
        int length = word.codePointCount(0, word.length());
        return new Location(name, line, Math.max(1, column), length, source);
    }

    /** The word, quoted text or bracket that begins at a line and column, as it is written; one character at least. */
    public String word(int line, int column) {
        return wordAt(line(line), column);
    }

    /** A line without its end; empty beyond the last one. */
    public String line(int number) {
        int start = 0;
        for (int i = 1; i < number; i++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return "";
            }
            start = end + 1;
        }
        int end = text.indexOf('\n', start);
        int stop = end < 0 ? text.length() : end;
        return text.substring(start, stop > start && text.charAt(stop - 1) == '\r' ? stop - 1 : stop);
    }

    private static String wordAt(String line, int column) {
        int start = offset(line, column);
        if (start >= line.length()) {
            return " ";
        }
        char first = line.charAt(start);
        int end = start;
        if (first == '"' || first == '\'') {
            end = endOfQuote(line, start);
        } else if (first == '[' && line.substring(0, start).isBlank()) {
            end = line.lastIndexOf(']') + 1;
        } else {
            while (end < line.length() && isWordPart(line.charAt(end))) {
                end++;
            }
        }
        return line.substring(start, Math.max(end, line.offsetByCodePoints(start, 1)));
    }

    private static int offset(String line, int column) {
        int before = Math.max(0, column - 1);
        return line.codePointCount(0, line.length()) <= before ? line.length() : line.offsetByCodePoints(0, before);
    }

    private static int endOfQuote(String line, int start) {
        char quote = line.charAt(start);
        for (int i = start + 1; i < line.length(); i++) {
            if (line.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (line.charAt(i) == quote) {
                return i + 1;
            }
        }
        return line.length();
    }

    private static boolean isWordPart(char unit) {
        return Character.isLetterOrDigit(unit) || "_-.+:@/%\\".indexOf(unit) >= 0 || Character.isSurrogate(unit);
    }
}
