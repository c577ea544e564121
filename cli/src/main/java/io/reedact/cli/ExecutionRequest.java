package io.reedact.cli;

import io.reedact.execution.Execution;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.runtime.Runtimes;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import io.reedact.unit.Durations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns the flags of {@code run} into an execution. */
final class ExecutionRequest {
    private final Arguments arguments;
    private final Terminal terminal;
    private final List<Problem> problems = new ArrayList<>();

    ExecutionRequest(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    /**
     * The execution that the user wants.
     *
     * @throws RequestException if flags make no sense or files can't be read
     */
    Execution of(Source source, Runtimes runtimes) {
        String language = language(source, runtimes);
        Execution execution = source.block()
                ? Execution.of(language, source.text())
                : Execution.program(language, source.text()).args(source.arguments());
        if (source.file().isPresent()) {
            execution = execution.named(source.file().get(), 1);
        }
        execution = execution.withAll(Inputs.of(arguments, terminal.in()));
        execution = withLimits(execution);
        return withFiles(execution);
    }

    private String language(Source source, Runtimes runtimes) {
        return arguments
                .value("--language")
                .or(() -> source.file().flatMap(file -> runtimes.languageOf(fileName(file))))
                .orElseThrow(() -> languageUnclear(source, runtimes));
    }

    private static String fileName(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? "" : name.toString();
    }

    private static RequestException languageUnclear(Source source, Runtimes runtimes) {
        String message = source.file()
                .map(file -> "which language is '" + file + "'? its ending belongs to none")
                .orElse("which language is this code?");
        String help = "name it with -l: " + String.join(", ", runtimes.names());
        return new RequestException(Problem.of(ProblemCode.CLI_LANGUAGE_UNCLEAR, message, help));
    }

    private Execution withLimits(Execution plain) {
        Execution execution = arguments.value("--policy").map(plain::policy).orElse(plain);
        execution = limited("--timeout", execution, (e, text) -> e.timeout(Durations.parse(text)));
        execution = limited("--memory", execution, (e, text) -> e.memory(ByteSize.parse(text)));
        execution = limited("--cpu", execution, (e, text) -> e.cpu(CpuShare.parse(text)));
        if (!problems.isEmpty()) {
            throw new RequestException(problems);
        }
        return execution;
    }

    private interface Limit {
        Execution on(Execution execution, String text);
    }

    private Execution limited(String flag, Execution execution, Limit limit) {
        String text = arguments.value(flag).orElse(null);
        if (text == null) {
            return execution;
        }
        try {
            return limit.on(execution, text);
        } catch (IllegalArgumentException e) {
            problems.add(Problem.of(ProblemCode.REQUEST_BAD_VALUE, flag + " " + e.getMessage(), null));
            return execution;
        }
    }

    private Execution withFiles(Execution plain) {
        String stdin = arguments.value("--stdin").orElse(null);
        Execution execution = stdin == null ? plain : plain.stdin(HostFiles.bytes(stdin, terminal.in()));
        for (String pair : arguments.values("--file")) {
            Pair file = Pair.of("--file", "NAME=PATH", pair);
            execution = execution.file(file.name(), HostFiles.bytes(file.value(), terminal.in()));
        }
        return execution;
    }
}
