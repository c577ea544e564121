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
import java.util.ArrayList;
import java.util.List;

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
                        "Each block is compiled by its own interpreter, in a jail. All that is wrong is told in one pass.",
                        "",
                        "Exit status: 0 nothing is wrong, 2 something is, 5 this host cannot isolate as the policy asks."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        String policy = arguments.value("--policy").orElse("default");
        List<Problem> problems = new ArrayList<>();
        int blocks = 0;
        if (arguments.operands().isEmpty()) {
            throw new RequestException(
                    Problem.of(ProblemCode.CLI_USAGE, "check wants at least one template", "reedact check --help"));
        }
        try (Jails jails = Jails.open()) {
            for (String template : arguments.operands()) {
                blocks += check(template, policy, jails, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new TemplateException(problems);
        }
        int files = arguments.operands().size();
        if (arguments.has("--json")) {
            terminal.print("{\"outcome\":\"completed\",\"templates\":" + files + ",\"blocks\":" + blocks + "}\n");
        } else {
            terminal.print(files + (files == 1 ? " template, " : " templates, ") + blocks
                    + (blocks == 1 ? " block" : " blocks") + ": nothing wrong\n");
        }
        return 0;
    }

    private static int check(String template, String policy, Jails jails, List<Problem> problems) {
        try {
            ReedactPebble pebble = Pages.engine(template, policy, jails);
            List<PreparedBlock> blocks = pebble.blocks(template);
            for (PreparedBlock block : blocks) {
                checkSyntax(block, jails.run(block.syntaxCheck(policy)), problems);
            }
            return blocks.size();
        } catch (TemplateException e) {
            problems.addAll(e.problems());
            return 0;
        }
    }

    private static void checkSyntax(PreparedBlock block, Outcome outcome, List<Problem> problems) {
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
