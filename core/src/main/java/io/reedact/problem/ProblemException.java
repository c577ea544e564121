package io.reedact.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is not the guest's doing. Subclasses are named for what its reader has to look at. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /**
     * @param problems at least one; all that was found in one pass
     * @throws IllegalArgumentException if there is none
     */
    public ProblemException(List<Problem> problems) {
        this(problems, null);
    }

    /**
     * @param problems at least one; all that was found in one pass
     * @param cause what the JVM said, or null
     * @throws IllegalArgumentException if there is no problem
     */
    public ProblemException(List<Problem> problems, @Nullable Throwable cause) {
        super(summary(problems), cause);
        this.problems = List.copyOf(problems);
    }

    private static String summary(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("an exception without a problem");
        }
        String first = problems.get(0).toString();
        return problems.size() == 1 ? first : first + " (and " + (problems.size() - 1) + " more)";
    }

    /** All that is wrong, in the order in which it was found; never empty. */
    public List<Problem> problems() {
        return problems;
    }

    /** The fault of the gravest problem: ours before the host's before the caller's. */
    public Fault fault() {
        Fault gravest = Fault.USAGE;
        for (Problem problem : problems) {
            Fault fault = problem.code().fault();
            gravest = fault.compareTo(gravest) > 0 ? fault : gravest;
        }
        return gravest;
    }

    /** All problems as {@link Problem#render} shows them, with an empty line between two. Ends with a line end. */
    public String render() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            if (text.length() > 0) {
                text.append('\n');
            }
            text.append(problem.render());
        }
        return text.toString();
    }
}
