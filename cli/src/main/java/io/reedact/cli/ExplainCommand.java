package io.reedact.cli;

import io.reedact.problem.ProblemCode;
import io.reedact.problem.Suggestions;
import java.util.Arrays;
import java.util.List;

/** {@code reedact explain CODE}: an entry of the catalogue of errors, or all of its titles. */
final class ExplainCommand implements Command {
    private static final int COLUMNS = 90;

    @Override
    public Flags flags() {
        return Flags.of("explain").operands().toggle("print JSON", "--json");
    }

    @Override
    public HelpPage help() {
        return new HelpPage(
                "Explains an error's code: what it means, and what to do.",
                List.of("reedact explain [--json] [CODE]"),
                List.of("reedact explain POL-012", "reedact explain             # lists all codes"),
                List.of());
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        List<ProblemCode> entries = arguments.operands().isEmpty()
                ? List.of(ProblemCode.values())
                : arguments.operands().stream().map(ExplainCommand::find).toList();
        if (arguments.has("--json")) {
            terminal.print(json(entries, arguments.operands().size() == 1));
        } else if (arguments.operands().isEmpty()) {
            entries.forEach(entry -> terminal.print(entry.code() + "  " + entry.message() + "\n"));
        } else {
            entries.forEach(entry -> terminal.print(text(entry)));
        }
        return 0;
    }

    private static ProblemCode find(String code) {
        List<String> known =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList();
        String guess = Suggestions.didYouMean(code, known);
        return ProblemCode.find(code)
                .orElseThrow(() -> UsageProblems.of(
                        "unknown code '" + code + "'", guess == null ? "`reedact explain` lists the codes" : guess));
    }

    private static String text(ProblemCode entry) {
        return entry.code() + ": " + entry.message() + "\n\n" + Paragraph.wrapped(entry.cause(), COLUMNS) + "\n"
                + Paragraph.wrapped("What to do: " + entry.mend(), COLUMNS) + "\nExit status: "
                + entry.fault().exitStatus() + "\n";
    }

    private static String json(List<ProblemCode> entries, boolean single) {
        return Json.line(out -> {
            if (!single) {
                out.writeStartArray();
            }
            for (ProblemCode entry : entries) {
                out.writeStartObject();
                out.writeStringProperty("code", entry.code());
                out.writeStringProperty("message", entry.message());
                out.writeStringProperty("cause", entry.cause());
                out.writeStringProperty("mend", entry.mend());
                out.writeNumberProperty("exitStatus", entry.fault().exitStatus());
                out.writeEndObject();
            }
            if (!single) {
                out.writeEndArray();
            }
        });
    }
}
