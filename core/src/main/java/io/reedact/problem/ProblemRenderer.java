package io.reedact.problem;

import org.jspecify.annotations.Nullable;

/** Shows a problem as compilers do: what, where, the line, a caret below the place, help. */
final class ProblemRenderer {
    /** Longer lines are cut around the place, so that the caret stays below it on a terminal. */
    private static final int LONGEST_LINE = 120;

    private ProblemRenderer() {}

    static String render(Problem problem) {
        StringBuilder text = new StringBuilder();
        text.append("error[").append(problem.code().code()).append("]: ");
        text.append(printable(problem.message())).append('\n');
        Location location = problem.location();
        String margin = margin(location);
        if (location != null) {
            text.append(margin, 0, margin.length() - 1)
                    .append("--> ")
                    .append(printable(location.toString()))
                    .append('\n');
            appendSource(text, location, margin);
        }
        appendHelp(text, problem.help(), margin);
        return text.toString();
    }

    private static String margin(@Nullable Location location) {
        int digits = location == null ? 1 : Integer.toString(location.line()).length();
        return " ".repeat(digits + 2);
    }

    private static void appendSource(StringBuilder text, Location location, String margin) {
        String line = location.sourceLine();
        if (line == null) {
            return;
        }
        int[] characters = line.codePoints().toArray();
        int start = Math.min(Math.max(0, location.column() - 1), characters.length);
        int from = cutFrom(characters.length, start);
        int shown = Math.min(characters.length - from, LONGEST_LINE);
        int length = Math.max(1, Math.min(location.length(), shown - (start - from)));
        text.append(margin).append("|\n");
        text.append(' ')
                .append(location.line())
                .append(" | ")
                .append(printable(new String(characters, from, shown)))
                .append('\n');
        text.append(margin).append("| ");
        text.append(" ".repeat(start - from)).append("^".repeat(length)).append('\n');
    }

    private static int cutFrom(int characters, int start) {
        if (characters <= LONGEST_LINE || start < LONGEST_LINE * 3 / 4) {
            return 0;
        }
        return Math.min(start - LONGEST_LINE / 2, characters - LONGEST_LINE);
    }

    private static void appendHelp(StringBuilder text, @Nullable String help, String margin) {
        if (help != null) {
            text.append(margin).append("= help: ").append(printable(help)).append('\n');
        }
    }

    /** Files and names can hold what moves a terminal's cursor; one character stays one, so that carets still fit. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '\t') {
                printable.append(' ');
            } else {
                printable.append(Character.isISOControl(unit) || isDirection(unit) ? '\uFFFD' : unit);
            }
        }
        return printable.toString();
    }

    /** Marks that make a terminal show a line in another order than it is read (CVE-2021-42574). */
    private static boolean isDirection(char unit) {
        return (unit >= '\u202A' && unit <= '\u202E') || (unit >= '\u2066' && unit <= '\u2069');
    }
}
