package io.reedact.cli;

import io.reedact.engine.Jails;
import io.reedact.execution.GuestError;
import io.reedact.execution.Outcome;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.templates.PreparedBlock;
import io.reedact.templates.TemplateException;
import io.reedact.templates.pebble.ReedactPebble;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code reedact check}: whether templates can be read, and their blocks compiled. */
final class CheckCommand implements Command {
    @Override
    public Flags flags() {
        return Flags.of("check")
                .operands()
                .value("POLICY", "the pages' policy, by name or file (default)", "-p", "--policy")
                .toggle("print what was found as one JSON object", "--json");
    }

    @Override
    public HelpPage help() {
        return new HelpPage(
                "Checks templates: what the engine says of them, and the syntax of each block. Runs nothing.",
                List.of("reedact check [FLAG]... TEMPLATE..."),
                List.of("reedact check page.peb", "reedact check templates/*.peb"),
                List.of(
                        "Templates that they name are checked too. Each block is compiled by its own interpreter, in a jail.",
                        "All that is wrong is told in one pass.",
                        "",
                        "Exit status: 0 nothing is wrong, 2 something is, 5 this host cannot isolate as the policy asks."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        if (arguments.operands().isEmpty()) {
            throw new RequestException(
                    Problem.of(ProblemCode.CLI_USAGE, "check wants at least one template", "reedact check --help"));
        }
        Check check = new Check(arguments.value("--policy").orElse("default"));
        try (Jails jails = Jails.open()) {
            arguments.operands().forEach(template -> check.page(template, jails));
        }
        if (!check.problems.isEmpty()) {
            throw new TemplateException(List.copyOf(check.problems));
        }
        int templates = check.seen.size();
        terminal.print(
                arguments.has("--json")
                        ? "{\"outcome\":\"completed\",\"templates\":" + templates + ",\"blocks\":" + check.blocks
                                + "}\n"
                        : counted(templates, "template") + ", " + counted(check.blocks, "block") + ": nothing wrong\n");
        return 0;
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** What was looked at so far, and what is wrong with it. */
    private static final class Check {
        private final String policy;
        private final Set<String> seen = new LinkedHashSet<>();
        private final Set<Problem> problems = new LinkedHashSet<>();
        private int blocks;

        private Check(String policy) {
            this.policy = policy;
        }

        /** A template, and those that it names. */
        private void page(String template, Jails jails) {
            ReedactPebble pebble = Pages.engine(template, policy, jails);
            Deque<String> open = new ArrayDeque<>(List.of(template));
            while (!open.isEmpty()) {
                String next = open.remove();
                if (seen.add(next)) {
                    template(next, pebble, jails);
                    open.addAll(references(next, pebble));
                }
            }
        }

        private void template(String name, ReedactPebble pebble, Jails jails) {
            try {
                for (PreparedBlock block : pebble.blocks(name)) {
                    blocks++;
                    checkSyntax(block, jails.run(block.syntaxCheck(policy)), problems);
                }
            } catch (TemplateException e) {
                problems.addAll(e.problems());
            }
        }

        private static List<String> references(String name, ReedactPebble pebble) {
            try {
                return pebble.references(name);
            } catch (TemplateException e) {
                return List.of(); // it has been told what is wrong with it
            }
        }
    }

    private static void checkSyntax(PreparedBlock block, Outcome outcome, Set<Problem> problems) {
        if (outcome instanceof Outcome.Completed) {
            return;
        }
        GuestError error = outcome instanceof Outcome.Failed failed ? failed.error() : null;
        String message = error == null
                ? "the block could not be compiled: " + Ending.of(outcome).word()
                : error.type() + ": " + error.message();
        Location tag = block.tag();
        Location place = error == null || error.line() < 1
                ? tag
                : new Location(tag.file(), error.line(), 1, 1, block.line(error.line()));
        problems.add(new Problem(
                ProblemCode.BLOCK_SYNTAX, message.lines().findFirst().orElse(""), place, null));
    }
}
