package io.reedact.cli;

/** The command {@code reedact}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        System.exit(new Dispatcher(Terminal.ofProcess()).run(arguments));
    }
}
