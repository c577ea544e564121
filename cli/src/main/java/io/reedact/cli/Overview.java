package io.reedact.cli;

/** The help of {@code reedact} itself. */
final class Overview {
    private static final String OPENING = """
            Runs PHP, Python and JavaScript code, each execution in a fresh jail made by the Linux kernel.

            Examples:
              reedact run -l python -c 'return sum(prices)' --with 'prices=[3,4]'
              reedact run --timeout 2s --memory 64MiB script.php -- first second
              reedact run --json -l js -c 'return Math.max(...xs)' --context data.json
              reedact doctor

            Commands:
            """;

    private static final String CLOSING = """

            `reedact COMMAND --help` has the flags of a command. `reedact --version` prints the version.

            Exit status: 0 completed, 1 the guest failed, 2 usage or a bad file, 3 a limit was hit,
            4 stopped for a violation, 5 this host cannot isolate as the policy asks, 70 our own fault.
            """;

    private Overview() {}

    static String render() {
        StringBuilder text = new StringBuilder(OPENING);
        for (Commands command : Commands.values()) {
            text.append("  %-12s%s%n".formatted(command.word(), command.summary()));
        }
        return text.append(CLOSING).toString();
    }
}
