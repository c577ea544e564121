package io.reedact.cli;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.problem.Suggestions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Command lines that make no sense. */
final class UsageProblems {
    private UsageProblems() {}

    static RequestException of(String message, @Nullable String help) {
        return new RequestException(Problem.of(ProblemCode.CLI_USAGE, message, help));
    }

    /** A first word that is neither a command nor a flag of {@code reedact} itself. */
    static RequestException unknownCommand(String word) {
        List<String> known = new ArrayList<>(Commands.words());
        known.addAll(List.of("help", "--help", "--version"));
        String guess = Suggestions.didYouMean(word, known);
        String what = word.startsWith("-") ? "flag" : "command";
        return of("unknown " + what + " '" + word + "'", guess == null ? "`reedact --help` lists the commands" : guess);
    }
}
