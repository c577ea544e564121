package io.reedact.cli;

import java.util.List;
import java.util.Optional;

/**
 * The code that is to run.
 *
 * @param text the code
 * @param file the file that it is from, as the user wrote it; empty for {@code -c}
 * @param block whether it is a block, and not a program
 * @param arguments what a program gets as its arguments
 */
record Source(String text, Optional<String> file, boolean block, List<String> arguments) {

    /**
     * Finds the code on the command line.
     *
     * @throws io.reedact.problem.RequestException if there is none, more than one, or a file can't be read
     */
    static Source of(Arguments arguments, Terminal terminal) {
        if (arguments.has("--block") && arguments.has("--program")) {
            throw UsageProblems.of("--block and --program exclude each other", null);
        }
        Optional<String> code = arguments.value("-c");
        List<String> rest = arguments.rest();
        if (code.isEmpty() && arguments.operands().isEmpty() && !rest.isEmpty()) {
            // A file whose name begins with a dash: `run -- -odd.py`.
            return file(arguments, rest.get(0), rest.subList(1, rest.size()), terminal);
        }
        checkOperands(arguments.operands(), code.isPresent());
        if (code.isPresent()) {
            boolean block = !arguments.has("--program");
            return checked(new Source(code.get(), Optional.empty(), block, rest));
        }
        return file(arguments, arguments.operands().get(0), rest, terminal);
    }

    private static Source file(Arguments arguments, String name, List<String> rest, Terminal terminal) {
        String text = HostFiles.text(name, terminal.in());
        return checked(new Source(text, Optional.of(name), arguments.has("--block"), rest));
    }

    private static void checkOperands(List<String> operands, boolean hasCode) {
        if (hasCode && !operands.isEmpty()) {
            throw UsageProblems.of("there is code (-c) and a file ('" + operands.get(0) + "')", "give one of them");
        }
        if (!hasCode && operands.isEmpty()) {
            throw UsageProblems.of("nothing to run", "name a FILE, or give code with -c");
        }
        if (operands.size() > 1) {
            throw UsageProblems.of(
                    "'" + operands.get(1) + "' stands behind the file", "arguments of a program stand behind --");
        }
    }

    private static Source checked(Source source) {
        if (source.block && !source.arguments.isEmpty()) {
            throw UsageProblems.of("a block takes no arguments", "give it inputs: --with NAME=JSON");
        }
        return source;
    }
}
