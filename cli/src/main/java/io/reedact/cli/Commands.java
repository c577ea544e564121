package io.reedact.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The commands that there are. */
enum Commands {
    RUN("run", "run a block or a program in a jail", RunCommand::new),
    LANGUAGES("languages", "list the languages and their interpreters", LanguagesCommand::new),
    DOCTOR("doctor", "say what this host has, what it lacks, and what mends it", DoctorCommand::new),
    EXPLAIN("explain", "explain an error's code", ExplainCommand::new),
    POLICY("policy", "check, list and show policies", PolicyCommand::new);

    private final String word;
    private final String summary;
    private final Supplier<Command> maker;

    Commands(String word, String summary, Supplier<Command> maker) {
        this.word = word;
        this.summary = summary;
        this.maker = maker;
    }

    /** The word that the user writes. */
    String word() {
        return word;
    }

    /** What it does, in one line. */
    String summary() {
        return summary;
    }

    Command make() {
        return maker.get();
    }

    static Optional<Commands> find(String word) {
        return Arrays.stream(values()).filter(command -> command.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Commands::word).toList();
    }
}
