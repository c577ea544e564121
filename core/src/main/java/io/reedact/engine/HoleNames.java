package io.reedact.engine;

import io.reedact.execution.Execution;
import io.reedact.execution.GuestError;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.runtime.LanguageRuntime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of an execution's holes, for errors to show what the author wrote in their place. Immutable. */
final class HoleNames {
    private static final Pattern MARKS = Pattern.compile("\\s*[~^][\\s~^]*");

    /** By each form in which a name occurs in errors: alone, and as it is spelled in code. */
    private final Map<String, String> shown;

    private HoleNames(Map<String, String> shown) {
        this.shown = shown;
    }

    /**
     * The names of these holes.
     *
     * @throws RequestException if the runtime has no holes
     */
    static HoleNames of(List<Execution.Hole> holes, LanguageRuntime runtime) {
        Map<String, String> shown = new HashMap<>();
        for (Execution.Hole hole : holes) {
            String spelling = runtime.hole(hole.name()).orElseThrow(() -> refusal(hole, runtime));
            shown.put(hole.name(), hole.shown());
            shown.put(spelling, hole.shown());
        }
        return new HoleNames(shown);
    }

    private static RequestException refusal(Execution.Hole hole, LanguageRuntime runtime) {
        String message = hole.shown() + " can't be bound: " + runtime.name() + " has no holes";
        return new RequestException(Problem.of(ProblemCode.REQUEST_NO_HOLES, message, null));
    }

    /** The same error as its author should see it. */
    GuestError shownIn(GuestError error) {
        if (shown.isEmpty()) {
            return error;
        }
        Pattern names = anyName();
        return new GuestError(
                error.type(),
                shownIn(error.message(), names),
                error.file(),
                error.line(),
                shownIn(error.trace(), names),
                error.hint());
    }

    /** What marks a place in the line above it, as interpreters do with carets, stays below that place. */
    private String shownIn(String text, Pattern names) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            List<MatchResult> found = names.matcher(lines[i]).results().toList();
            StringBuilder line = new StringBuilder(lines[i]);
            boolean hasMarks =
                    i + 1 < lines.length && MARKS.matcher(lines[i + 1]).matches();
            StringBuilder marks = new StringBuilder(hasMarks ? lines[i + 1] : "");
            for (int last = found.size() - 1; last >= 0; last--) { // so that what is before it stays in its place
                replace(found.get(last), line, marks);
            }
            lines[i] = line.toString();
            if (hasMarks) {
                lines[i + 1] = marks.toString();
            }
        }
        return String.join("\n", lines);
    }

    private void replace(MatchResult name, StringBuilder line, StringBuilder marks) {
        String instead = shown.getOrDefault(name.group(), name.group());
        line.replace(name.start(), name.end(), instead);
        int longer = instead.length() - name.group().length();
        if (name.end() > marks.length()) {
            return;
        }
        if (longer > 0) {
            marks.insert(
                    name.end(), String.valueOf(marks.charAt(name.end() - 1)).repeat(longer));
        } else {
            marks.delete(name.end() + longer, name.end());
        }
    }

    /** The longest first, as one name can be the beginning or the end of another; all at once, as texts can hold names. */
    private Pattern anyName() {
        return Pattern.compile(shown.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?:", ")(?!\\w)")));
    }
}
