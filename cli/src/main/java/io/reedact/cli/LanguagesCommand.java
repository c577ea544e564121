package io.reedact.cli;

import io.reedact.engine.Inventory;
import io.reedact.problem.ProblemException;
import io.reedact.runtime.LanguageRuntime;
import io.reedact.runtime.Runtimes.Availability;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** {@code reedact languages}: what can be run on this host. */
final class LanguagesCommand implements Command {

    @Override
    public Flags flags() {
        return Flags.of("languages").toggle("print JSON", "--json");
    }

    @Override
    public HelpPage help() {
        return new HelpPage(
                "Lists the languages, their interpreters and other names.",
                List.of("reedact languages [--json]"),
                List.of("reedact languages", "reedact languages --json"),
                List.of("A language is a folder below runtimes/; docs/adding-a-runtime.md says how to add one."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Map<String, Availability> languages = Inventory.open().runtimes().availability();
        if (arguments.has("--json")) {
            terminal.print(json(languages));
        } else {
            languages.forEach((name, found) -> terminal.print(line(name, found)));
        }
        return 0;
    }

    private static String line(String name, Availability found) {
        LanguageRuntime runtime = found.runtime();
        if (runtime == null) {
            return "%-12s %-10s %s%n".formatted(name, "-", problem(found));
        }
        String names = runtime.aliases().isEmpty() ? "" : "  also " + String.join(", ", runtime.aliases());
        return "%-12s %-10s %s%s%n".formatted(name, runtime.version(), runtime.interpreter(), names);
    }

    private static String problem(Availability found) {
        ProblemException problem = found.problem();
        return problem == null ? "" : problem.problems().get(0).message();
    }

    private static String json(Map<String, Availability> languages) {
        return Json.line(out -> {
            out.writeStartObject();
            out.writeName("languages");
            out.writeStartArray();
            languages.forEach((name, found) -> write(name, found, out));
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void write(String name, Availability found, JsonGenerator out) {
        LanguageRuntime runtime = found.runtime();
        ProblemException problem = found.problem();
        out.writeStartObject();
        out.writeStringProperty("name", name);
        out.writeBooleanProperty("available", runtime != null);
        Json.text(out, "runtime", runtime == null ? null : runtime.label());
        Json.text(out, "version", runtime == null ? null : runtime.version());
        Json.text(
                out,
                "interpreter",
                runtime == null ? null : runtime.interpreter().toString());
        Json.texts(out, "aliases", runtime == null ? List.of() : runtime.aliases());
        Json.texts(out, "extensions", runtime == null ? List.of() : runtime.extensions());
        out.writeName("problems");
        ProblemJson.writeAll(out, problem == null ? List.of() : problem.problems());
        out.writeEndObject();
    }
}
