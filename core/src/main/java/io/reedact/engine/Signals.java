package io.reedact.engine;

/** Names of signals, as signal(7) has them for Linux. */
final class Signals {
    private static final String[] NAMES = {
        "",
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGILL",
        "SIGTRAP",
        "SIGABRT",
        "SIGBUS",
        "SIGFPE",
        "SIGKILL",
        "SIGUSR1",
        "SIGSEGV",
        "SIGUSR2",
        "SIGPIPE",
        "SIGALRM",
        "SIGTERM",
        "SIGSTKFLT",
        "SIGCHLD",
        "SIGCONT",
        "SIGSTOP",
        "SIGTSTP",
        "SIGTTIN",
        "SIGTTOU",
        "SIGURG",
        "SIGXCPU",
        "SIGXFSZ",
        "SIGVTALRM",
        "SIGPROF",
        "SIGWINCH",
        "SIGIO",
        "SIGPWR",
        "SIGSYS",
    };
    private static final int FIRST_REAL_TIME = 34;

    private Signals() {}

    /** The name of a signal's number, from 1. */
    static String name(int number) {
        if (number < NAMES.length) {
            return NAMES[number];
        }
        return number < FIRST_REAL_TIME ? "signal " + number : "SIGRTMIN+" + (number - FIRST_REAL_TIME);
    }
}
