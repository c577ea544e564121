package io.reedact.bench;

import io.reedact.engine.Jails;
import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Cold starts beside bare ones: each round starts every contender once, so that whatever the machine does meanwhile is done to
 * all of them. Ratios are medians of the rounds' own ratios.
 */
public final class ColdStarts {
    private static final int WARM_UP = 3;

    private final Jails jails;
    private final ProcessTimer timer;
    private final Map<String, Contender> contenders = new LinkedHashMap<>();

    private ColdStarts(Jails jails, ProcessTimer timer) {
        this.jails = jails;
        this.timer = timer;
    }

    /** Arguments: the program time-start, the command reedact, the jar of this class, a file for the JSON, rounds. */
    public static void main(String[] arguments) throws IOException {
        try (Jails jails = Jails.open();
                ProcessTimer timer = new ProcessTimer(Path.of(arguments[0]))) {
            ColdStarts bench = new ColdStarts(jails, timer);
            bench.python();
            bench.php();
            bench.javascript();
            bench.oneShot(arguments[1], arguments[2]);
            bench.run(Integer.parseInt(arguments[4]));
            System.out.print(bench.table());
            Files.writeString(Path.of(arguments[3]), bench.json());
        }
    }

    private void python() {
        String bare = add(process("python: bare start", "/usr/bin/python3", "-I", "-S", "-c", "1"));
        String work = add(process(
                "python: bare, same work", "/usr/bin/python3", "-I", "-c", "import json; print(json.dumps(1))"));
        add(jail("python: jail, cold", "python", "return 1").against(bare, 1.4));
        add(jail("python: jail, cold, to the same work", "python", "return 1").against(work, 1.0));
        add(bubblewrap("python: bubblewrap", "/usr/bin/python3", "-I", "-S", "-c", "1")
                .against(bare, Double.NaN));
    }

    private void php() {
        String bare = add(process("php: bare start", "/usr/bin/php", "-n", "-r", "1;"));
        String work = add(process("php: bare, same work", "/usr/bin/php", "-r", "echo json_encode(1);"));
        add(jail("php: jail, cold", "php", "return 1;").against(bare, 1.4));
        add(jail("php: jail, cold, to the same work", "php", "return 1;").against(work, 1.0));
        add(bubblewrap("php: bubblewrap", "/usr/bin/php", "-n", "-r", "1;").against(bare, Double.NaN));
    }

    private void javascript() {
        String bare = add(process("javascript: bare start", "/usr/bin/node", "-e", "1"));
        add(jail("javascript: jail, cold", "javascript", "return 1").against(bare, 1.2));
        add(bubblewrap("javascript: bubblewrap", "/usr/bin/node", "-e", "1").against(bare, Double.NaN));
    }

    /** The budget of a one-shot command: 2.5 starts of a trivial Java program and 1.5 of the bare interpreter. */
    private void oneShot(String reedact, String jar) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String budget = add(new Contender(
                "one shot: its budget",
                Double.NaN,
                "one shot: its budget",
                () -> 2.5 * timer.millis(List.of(java, "-cp", jar, Trivial.class.getName()))
                        + 1.5 * timer.millis(List.of("/usr/bin/python3", "-I", "-S", "-c", "1")),
                new Samples()));
        add(process("one shot: reedact run -l python -c", reedact, "run", "-l", "python", "-c", "return 1")
                .against(budget, 1.0));
    }

    private String add(Contender contender) {
        contenders.put(contender.name(), contender);
        return contender.name();
    }

    private Contender process(String name, String... command) {
        return Contender.process(name, timer, List.of(command));
    }

    private Contender bubblewrap(String name, String... command) {
        List<String> all = new ArrayList<>(List.of(
                "/usr/bin/bwrap",
                "--unshare-all",
                "--ro-bind",
                "/usr",
                "/usr",
                "--symlink",
                "usr/lib",
                "/lib",
                "--symlink",
                "usr/lib64",
                "/lib64",
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--tmpfs",
                "/tmp",
                "--"));
        all.addAll(List.of(command));
        all.set(all.size() - command.length, realPath(command[0]));
        return Contender.process(name, timer, all);
    }

    /** Its root has no /etc/alternatives, through which some interpreters are found. */
    private static String realPath(String program) {
        try {
            return Path.of(program).toRealPath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jail and run by the jailer's clock: from the spec's arrival to the guest's end. */
    private Contender jail(String name, String language, String code) {
        Execution execution = Execution.of(language, code);
        return new Contender(
                name,
                Double.NaN,
                name,
                () -> {
                    Outcome outcome = jails.run(execution);
                    if (!(outcome instanceof Outcome.Completed)) {
                        throw new IllegalStateException("did not complete: " + outcome);
                    }
                    return outcome.timeline()
                                    .jail()
                                    .plus(outcome.timeline().run())
                                    .toNanos()
                            / 1e6;
                },
                new Samples());
    }

    private void run(int rounds) {
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Contender contender : contenders.values()) {
                double millis = contender.start().getAsDouble();
                if (round >= 0) {
                    contender.samples().add(millis);
                }
            }
        }
    }

    private String table() {
        StringBuilder text = new StringBuilder("%-38s %9s %9s %9s %8s %6s%n"
                .formatted("start (milliseconds)", "median", "p10", "p90", "ratio", "aim"));
        for (Contender row : contenders.values()) {
            text.append("%-38s %9.2f %9.2f %9.2f %8s %6s%n"
                    .formatted(
                            row.name(),
                            row.samples().median(),
                            row.samples().quantile(0.1),
                            row.samples().quantile(0.9),
                            isBaseline(row) ? "" : "%.2f".formatted(ratio(row)),
                            Double.isNaN(row.aim()) ? "" : "%.1f".formatted(row.aim())));
        }
        return text.append("Ratios are to the bare start above, or to what the row names, pair by pair.\n")
                .toString();
    }

    private static boolean isBaseline(Contender row) {
        return row.baseline().equals(row.name());
    }

    private double ratio(Contender row) {
        Contender baseline = Objects.requireNonNull(contenders.get(row.baseline()));
        return row.samples().ratioTo(baseline.samples());
    }

    private String json() {
        List<String> rows = new ArrayList<>();
        for (Contender row : contenders.values()) {
            rows.add(
                    "{\"name\":\"%s\",\"medianMillis\":%.3f,\"p10Millis\":%.3f,\"p90Millis\":%.3f,\"baseline\":\"%s\",\"ratio\":%.3f}"
                            .formatted(
                                    row.name(),
                                    row.samples().median(),
                                    row.samples().quantile(0.1),
                                    row.samples().quantile(0.9),
                                    row.baseline(),
                                    isBaseline(row) ? 1 : ratio(row)));
        }
        return "[" + String.join(",\n", rows) + "]\n";
    }
}
