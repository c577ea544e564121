package io.reedact.cli;

import java.util.List;

/**
 * A command's help: examples come first, for they are what people look for.
 *
 * @param summary what the command does, in one line
 * @param usage the forms of the command line, one each
 * @param examples command lines that work, each with a word on it after {@code #}
 * @param notes what remains to be said, in lines; may be empty
 */
record HelpPage(String summary, List<String> usage, List<String> examples, List<String> notes) {
    private static final int FLAG_COLUMN = 26;

    /** The page, at most 100 columns wide. Ends with a line end. */
    String render(Flags flags) {
        StringBuilder text = new StringBuilder(summary).append("\n\nExamples:\n");
        examples.forEach(example -> text.append("  ").append(example).append('\n'));
        text.append("\nUsage:\n");
        usage.forEach(form -> text.append("  ").append(form).append('\n'));
        text.append("\nFlags:\n");
        flags.all().forEach(flag -> text.append(line(flag)));
        if (!notes.isEmpty()) {
            text.append('\n');
            notes.forEach(note -> text.append(note).append('\n'));
        }
        return text.toString();
    }

    private static String line(Flag flag) {
        String names = "  " + String.join(", ", flag.names()) + (flag.takesValue() ? " " + flag.label() : "");
        String margin = "\n" + " ".repeat(FLAG_COLUMN);
        String gap = names.length() < FLAG_COLUMN ? " ".repeat(FLAG_COLUMN - names.length()) : margin;
        return names + gap + flag.description().replace("\n", margin) + "\n";
    }
}
