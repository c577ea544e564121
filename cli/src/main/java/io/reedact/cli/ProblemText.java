package io.reedact.cli;

import io.reedact.problem.Problem;

/** A problem as a person reads it on stderr. */
final class ProblemText {
    private ProblemText() {}

    /** The library's form, with the first word coloured where that is wanted, and nothing in it that moves a cursor. */
    static String render(Problem problem, Terminal terminal) {
        String text = problem.render();
        String safe = terminal.errIsTerminal() ? GuestText.escaped(text) : text;
        int end = safe.indexOf(':');
        return end < 0 ? safe : terminal.alarming(safe.substring(0, end)) + safe.substring(end);
    }
}
