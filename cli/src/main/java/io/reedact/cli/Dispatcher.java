package io.reedact.cli;

import io.reedact.problem.Fault;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.ProblemException;
import java.lang.module.ModuleDescriptor;
import java.util.List;

/** Finds the command that the user wants, parses its flags, runs it, and tells what went wrong. */
final class Dispatcher {
    private final Terminal terminal;

    Dispatcher(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command line and returns its exit status. Throws nothing. */
    int run(String... arguments) {
        List<String> words = List.of(arguments);
        boolean json = words.stream().takeWhile(word -> !word.equals("--")).anyMatch("--json"::equals);
        try {
            int status = dispatch(words);
            terminal.flush();
            return status;
        } catch (ProblemException e) {
            return refuse(e.problems(), e.fault(), json);
        } catch (RuntimeException | Error e) {
            return refuse(List.of(defect(e)), Fault.OURS, json);
        }
    }

    private int dispatch(List<String> words) {
        String first = words.isEmpty() ? "--help" : words.get(0);
        return switch (first) {
            case "-h", "--help", "help" -> words.size() > 1 ? helpOn(words.get(1)) : help();
            case "-V", "--version" -> version();
            default -> runCommand(find(first), words.subList(1, words.size()));
        };
    }

    private static Commands find(String word) {
        return Commands.find(word).orElseThrow(() -> UsageProblems.unknownCommand(word));
    }

    private int help() {
        terminal.print(Overview.render());
        return 0;
    }

    private int helpOn(String word) {
        Command command = find(word).make();
        terminal.print(command.help().render(command.flags()));
        return 0;
    }

    private int version() {
        ModuleDescriptor module = Dispatcher.class.getModule().getDescriptor();
        String version = module == null
                ? Dispatcher.class.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
        terminal.print("reedact " + (version == null ? "(not built as a package)" : version) + "\n");
        return 0;
    }

    private int runCommand(Commands which, List<String> words) {
        Command command = which.make();
        Flags flags = command.flags();
        Arguments arguments = FlagParser.parse(flags, words);
        if (arguments.has("--help")) {
            terminal.print(command.help().render(flags));
            return 0;
        }
        return command.run(arguments, terminal);
    }

    private static Problem defect(Throwable thrown) {
        StackTraceElement[] places = thrown.getStackTrace();
        String place = places.length == 0 ? "" : " at " + places[0];
        return Problem.of(ProblemCode.CLI_DEFECT, "reedact itself failed: " + thrown + place, null);
    }

    private int refuse(List<Problem> problems, Fault fault, boolean json) {
        try {
            if (json) {
                terminal.print(ProblemJson.refused(problems));
                terminal.flush();
            } else {
                problems.forEach(problem -> terminal.say(ProblemText.render(problem, terminal)));
            }
        } catch (ProblemException e) {
            // stdout is what is broken: then at least a person shall know.
            e.problems().forEach(problem -> terminal.say(ProblemText.render(problem, terminal)));
        }
        return fault.exitStatus();
    }
}
