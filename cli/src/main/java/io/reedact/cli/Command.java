package io.reedact.cli;

/** One command of {@code reedact}. It is made only when it is used. */
interface Command {

    /** Its flags, for the parser and for the help page. */
    Flags flags();

    /** What its help page says besides. */
    HelpPage help();

    /**
     * Does it. Data goes to the terminal's stdout, talk to its stderr.
     *
     * @return the exit status
     * @throws io.reedact.problem.ProblemException if it can't be done; the dispatcher tells the user
     */
    int run(Arguments arguments, Terminal terminal);
}
