package io.reedact.cli;

/** Text broken into lines for reading. */
final class Paragraph {
    private Paragraph() {}

    /** The words of a text in lines of at most so many columns, where a single word is not longer. Ends with a line end. */
    static String wrapped(String text, int columns) {
        return wrapped(text, columns, 0);
    }

    /** The same, with so many spaces before every line but the first. */
    static String wrapped(String text, int columns, int indent) {
        StringBuilder lines = new StringBuilder();
        int start = 0;
        while (text.length() - start > columns - (start == 0 ? 0 : indent)) {
            int most = columns - (start == 0 ? 0 : indent);
            int space = text.lastIndexOf(' ', start + most);
            int end = space > start ? space : text.indexOf(' ', start);
            if (end < 0) {
                break;
            }
            lines.append(text, start, end).append('\n').append(" ".repeat(indent));
            start = end + 1;
        }
        return lines.append(text, start, text.length()).append('\n').toString();
    }
}
