package io.reedact.cli;

import io.reedact.cli.HostCheck.Verdict;
import java.util.List;

/** {@code reedact doctor}: what this host has, what it lacks, and what mends it. */
final class DoctorCommand implements Command {
    private static final int CANNOT_ISOLATE = 5;

    @Override
    public Flags flags() {
        return Flags.of("doctor").toggle("print JSON", "--json");
    }

    @Override
    public HelpPage help() {
        return new HelpPage(
                "Says what this host has for making jails, what it lacks, and what mends it.",
                List.of("reedact doctor [--json]"),
                List.of("reedact doctor", "reedact doctor --json"),
                List.of(
                        "Its last look is at a real jail under the default policy, for each language.",
                        "Exit status: 0 if jails can be made, 5 if not."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        List<HostCheck> checks = HostChecks.all();
        boolean good = checks.stream().noneMatch(check -> check.verdict() == Verdict.FAIL);
        if (arguments.has("--json")) {
            terminal.print(json(checks, good));
        } else {
            checks.forEach(check -> terminal.print(text(check)));
            terminal.print(
                    good
                            ? "\nThis host can make jails.\n"
                            : "\nThis host can't make jails as the default policy asks.\n");
        }
        return good ? 0 : CANNOT_ISOLATE;
    }

    private static String text(HostCheck check) {
        String mend = check.mend() == null ? "" : Paragraph.wrapped("      mend: " + check.mend(), 100, 12);
        return Paragraph.wrapped("%-5s %s: %s".formatted(check.verdict().word(), check.name(), check.found()), 100, 6)
                + mend;
    }

    private static String json(List<HostCheck> checks, boolean good) {
        return Json.line(out -> {
            out.writeStartObject();
            out.writeBooleanProperty("ok", good);
            out.writeName("checks");
            out.writeStartArray();
            for (HostCheck check : checks) {
                out.writeStartObject();
                out.writeStringProperty("name", check.name());
                out.writeStringProperty("verdict", check.verdict().word());
                Json.text(out, "found", check.found());
                Json.text(out, "mend", check.mend());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
