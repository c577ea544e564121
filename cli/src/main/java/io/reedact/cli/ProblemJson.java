package io.reedact.cli;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The JSON of a command that ran nothing. */
final class ProblemJson {
    private ProblemJson() {}

    /** {@code {"outcome":"refused", …}}: the first problem by itself, then all of them. */
    static String refused(List<Problem> problems) {
        return Json.line(out -> {
            out.writeStartObject();
            out.writeStringProperty("outcome", "refused");
            out.writeName("problem");
            write(out, problems.get(0));
            out.writeName("problems");
            writeAll(out, problems);
            out.writeEndObject();
        });
    }

    /** An array of problems. */
    static void writeAll(JsonGenerator out, List<Problem> problems) {
        out.writeStartArray();
        problems.forEach(problem -> write(out, problem));
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Problem problem) {
        Location place = problem.location();
        out.writeStartObject();
        out.writeStringProperty("code", problem.code().code());
        out.writeStringProperty("message", problem.message());
        Json.text(out, "file", place == null ? null : place.file());
        Json.number(out, "line", place == null || place.line() == 0 ? null : (long) place.line());
        Json.number(out, "column", place == null || place.line() == 0 ? null : (long) place.column());
        Json.text(out, "help", problem.help());
        out.writeEndObject();
    }
}
