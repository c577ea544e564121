package io.reedact.cli;

/** The command {@code reedact}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    /** Runs one command on a terminal and returns its exit status. */
    static int run(Terminal terminal, String... arguments) {
        return new Dispatcher(terminal).run(arguments);
    }
}
