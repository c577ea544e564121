package io.reedact.cli;

import io.reedact.engine.Jails;
import io.reedact.engine.Running;
import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import java.util.List;

/** {@code reedact run}: one execution. */
final class RunCommand implements Command {
    @Override
    public Flags flags() {
        return Flags.of("run")
                .operands()
                .value("LANG", "the language; without it, by the file's ending", "-l", "--language")
                .value("CODE", "code instead of a file; a block unless --program is given", "-c")
                .value("POLICY", "a policy's name or file (default)", "-p", "--policy")
                .values("NAME=JSON", "an input; wins over --context", "--with")
                .values("FILE.json", "inputs: the keys of a JSON object", "--context")
                .value("TIME", "wall clock for the execution, such as 2s or 500ms", "--timeout")
                .value("SIZE", "memory for the execution, such as 64MiB", "--memory")
                .value("CORES", "CPU cores to use at most, such as 0.5", "--cpu")
                .value("FILE", "what the guest reads from stdin; - is ours", "--stdin")
                .values("NAME=PATH", "a copy of a host file in the guest's working directory", "--file")
                .toggle("the code is a function's body with inputs and a value", "--block")
                .toggle("the code is a whole script with arguments", "--program")
                .toggle("start a jail from nothing, even where one is at hand", "--cold")
                .toggle("tell limits, usage, layers and times on stderr", "--timeline")
                .toggle("print the whole result as one JSON object", "--json");
    }

    @Override
    public HelpPage help() {
        return new HelpPage(
                "Runs a block or a program in a fresh jail.",
                List.of("reedact run [FLAG]... FILE [-- ARG...]", "reedact run [FLAG]... -l LANG -c CODE"),
                List.of(
                        "reedact run -l python -c 'return sum(prices)' --with 'prices=[3,4]'",
                        "reedact run --timeout 2s --memory 64MiB script.php -- first second",
                        "reedact run -l js --context data.json --block facets.js",
                        "reedact run -l python -c 'return input()' --stdin - <names.txt",
                        "reedact run --json -p strict --file cfg.ini=./my.ini job.py"),
                List.of(
                        "A block is a function's body: inputs are variables, `return` gives the value, which is",
                        "printed as JSON behind the guest's stdout. A file is a program unless --block is given.",
                        "",
                        "Exit status: 0 completed, 1 the guest failed, 2 usage or a bad file, 3 a limit was hit,",
                        "4 stopped for a violation, 5 this host cannot isolate as the policy asks, 70 our own fault."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Source source = Source.of(arguments, terminal);
        ReadAhead ahead = new ReadAhead();
        try (Jails jails = Jails.builder().listener(ahead).open()) {
            Execution execution = new ExecutionRequest(arguments, terminal).of(source, jails.runtimes());
            Running running = jails.start(execution);
            return Interrupt.guard(running::cancel, () -> {
                ahead.load(running);
                return report(Interrupt.outcome(running), arguments, terminal);
            });
        }
    }

    private static int report(Outcome outcome, Arguments arguments, Terminal terminal) {
        if (arguments.has("--json")) {
            terminal.print(ExecutionJson.of(outcome));
            terminal.flush();
        } else {
            new ExecutionText(terminal).print(outcome);
        }
        if (arguments.has("--timeline")) {
            terminal.say(TimelineText.of(outcome.report()));
        }
        return Ending.of(outcome).exitStatus();
    }
}
