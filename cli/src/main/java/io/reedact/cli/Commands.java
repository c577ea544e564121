package io.reedact.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The commands that there are. */
enum Commands {
    RUN("run", "run a block or a program in a jail"),
    RENDER("render", "render a page whose blocks run in jails"),
    CHECK("check", "check templates and the syntax of their blocks"),
    LANGUAGES("languages", "list the languages and their interpreters"),
    DOCTOR("doctor", "say what this host has, what it lacks, and what mends it"),
    EXPLAIN("explain", "explain an error's code"),
    POLICY("policy", "check, list and show policies");

    private final String word;
    private final String summary;

    Commands(String word, String summary) {
        this.word = word;
        this.summary = summary;
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
        return switch (this) {
            case RUN -> new RunCommand();
            case RENDER -> new RenderCommand();
            case CHECK -> new CheckCommand();
            case LANGUAGES -> new LanguagesCommand();
            case DOCTOR -> new DoctorCommand();
            case EXPLAIN -> new ExplainCommand();
            case POLICY -> new PolicyCommand();
        };
    }

    static Optional<Commands> find(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word.equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Commands::word).toList();
    }
}
