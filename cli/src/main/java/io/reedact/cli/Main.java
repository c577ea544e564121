package io.reedact.cli;

/** The command {@code reedact}. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit status. By then everything is written and closed, so the JVM need
     * not look for loggers and hooks first, as an orderly exit does: that would take as long as a guest's run.
     */
    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(run(Terminal.ofProcess(), arguments));
    }

    /** Runs one command on a terminal and returns its exit status. */
    static int run(Terminal terminal, String... arguments) {
        return new Dispatcher(terminal).run(arguments);
    }
}
