package io.reedact.cli;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.problem.SourceText;
import io.reedact.value.ValueReader;
import org.jspecify.annotations.Nullable;

/** JSON that somebody has written on the command line or into a file. */
final class JsonInput {
    private JsonInput() {}

    /**
     * The value that a text is, in the value notation.
     *
     * @param name what the reader of an error knows the text by
     * @throws RequestException if it is malformed, with line, column and source line
     */
    static @Nullable Object read(String name, String text) {
        try {
            return ValueReader.parse(text, name);
        } catch (RequestException e) {
            SourceText source = new SourceText(name, text);
            throw new RequestException(
                    e.problems().stream().map(problem -> shown(problem, source)).toList());
        }
    }

    private static Problem shown(Problem problem, SourceText source) {
        Location location = problem.location();
        Location place = location == null ? Location.of(source.name()) : source.at(location.line(), location.column());
        return new Problem(ProblemCode.CLI_BAD_JSON, problem.message(), place, problem.help());
    }
}
