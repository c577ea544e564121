package io.reedact.cli;

import io.reedact.engine.Inventory;
import io.reedact.policy.Policies;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemException;
import io.reedact.problem.RequestException;
import io.reedact.problem.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code reedact policy}: looks at policies, runs nothing. */
final class PolicyCommand implements Command {
    private static final List<String> ACTIONS = List.of("check", "list");

    @Override
    public Flags flags() {
        return Flags.of("policy").operands().toggle("print JSON", "--json");
    }

    @Override
    public HelpPage help() {
        return new HelpPage(
                "Checks policy files, and lists the policies that there are.",
                List.of("reedact policy check [--json] FILE...", "reedact policy list [--json]"),
                List.of("reedact policy check shop.toml", "reedact policy list"),
                List.of(
                        "`check` says everything that is wrong in one pass, each with file, line and column.",
                        "Exit status: 0 if nothing is wrong, else 2. docs/policy-reference.md has all keys."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        List<String> words = arguments.operands();
        String action = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        return switch (action) {
            case "check" -> check(rest, arguments.has("--json"), terminal);
            case "list" -> list(rest, arguments.has("--json"), terminal);
            default -> throw unknown(action);
        };
    }

    private static RequestException unknown(String action) {
        if (action.isEmpty()) {
            return UsageProblems.of("what about policies?", "reedact policy check FILE...");
        }
        String guess = Suggestions.didYouMean(action, ACTIONS);
        return UsageProblems.of(
                "unknown command 'policy " + action + "'", guess == null ? "there are check and list" : guess);
    }

    private static int check(List<String> files, boolean json, Terminal terminal) {
        if (files.isEmpty()) {
            throw UsageProblems.of("no policy file to check", "reedact policy check FILE...");
        }
        Policies policies = Inventory.open().policies();
        List<String> names = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String file : files) {
            try {
                names.add(policies.find(asFile(file)).name());
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new RequestException(problems);
        }
        if (json) {
            terminal.print(json(names));
        } else {
            files.forEach(file -> terminal.print(file + ": nothing is wrong\n"));
        }
        return 0;
    }

    /** A file whose name looks like a policy's name is a file here. */
    private static String asFile(String name) {
        return name.contains("/") || !Files.exists(Path.of(name)) ? name : "./" + name;
    }

    private static int list(List<String> rest, boolean json, Terminal terminal) {
        if (!rest.isEmpty()) {
            throw UsageProblems.of("unknown argument '" + rest.get(0) + "'", "reedact policy list");
        }
        List<String> names = List.copyOf(Inventory.open().policies().names());
        if (json) {
            terminal.print(json(names));
        } else {
            names.forEach(name -> terminal.print(name + "\n"));
        }
        return 0;
    }

    private static String json(List<String> names) {
        return Json.line(out -> {
            out.writeStartObject();
            Json.texts(out, "policies", names);
            out.writeEndObject();
        });
    }
}
