package io.reedact.policy;

import io.reedact.policy.PolicyFile.Named;
import io.reedact.policy.PolicyFolders.Found;
import io.reedact.problem.PolicyFileException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads a policy file with all that it extends, and checks them together. For one policy. */
final class PolicyLoader {
    private final PolicyFolders folders;
    private final Reading reading;

    /** The files on the way, by path: to come to one of them again is a circle. */
    private final Map<Path, String> open = new LinkedHashMap<>();

    private boolean complete = true;

    PolicyLoader(PolicyFolders folders, Reading reading) {
        this.folders = folders;
        this.reading = reading;
    }

    /**
     * The policy of a file.
     *
     * @throws PolicyFileException with everything that is wrong in it and in those that it extends
     */
    Policy load(Found found) {
        List<PolicyFile> chain = chain(found);
        List<Problem> problems = reading.problems();
        if (!problems.isEmpty()) {
            // The file that was asked for comes first. The sort is stable: one line's problems stay as they were found.
            List<String> files = new ArrayList<>(open.values());
            Comparator<Problem> byFile = Comparator.comparingInt(problem -> files.indexOf(file(problem)));
            problems.sort(byFile.thenComparingInt(PolicyLoader::line));
            throw new PolicyFileException(problems);
        }
        return new Policy(found.name(), found.shown(), chain, reading.groups());
    }

    private static String file(Problem problem) {
        return problem.location() == null ? "" : problem.location().file();
    }

    private static int line(Problem problem) {
        return problem.location() == null ? 0 : problem.location().line();
    }

    /** A file after those that it extends. */
    private List<PolicyFile> chain(Found found) {
        open.put(found.path(), found.shown());
        PolicyFile file = read(found);
        int own = reading.problems().size();
        List<PolicyFile> chain = file.parent() == null ? new ArrayList<>() : parents(found, file.parent());
        if (complete && reading.problems().size() == own) {
            ChainChecks.check(chain, file, reading);
        }
        chain.add(file);
        return chain;
    }

    private PolicyFile read(Found found) {
        int before = reading.problems().size();
        PolicyText text = PolicyText.parse(found.path(), found.shown(), folders.prepared(), reading.problems());
        complete &= reading.problems().size() == before;
        return PolicyFileReader.read(text.source(), text.table(), reading);
    }

    private List<PolicyFile> parents(Found child, Named parent) {
        Found found = folders.findFrom(child, parent.text());
        if (found == null) {
            @Nullable
            String help = PolicyFolders.isFile(parent.text()) ? null : Words.didYouMean(parent.text(), folders.names());
            addBroken(ProblemCode.EXTENDS_UNKNOWN, "extends the unknown policy '" + parent.text() + "'", parent, help);
            return new ArrayList<>();
        }
        if (open.containsKey(found.path())) {
            String circle = String.join(" → ", open.values()) + " → " + found.shown();
            addBroken(ProblemCode.EXTENDS_CYCLE, "extends itself: " + circle, parent, null);
            return new ArrayList<>();
        }
        try {
            return chain(found);
        } catch (PolicyFileException e) {
            complete = false;
            reading.problems().addAll(e.problems());
            return new ArrayList<>();
        }
    }

    /** Without all files nothing can be said about what they mean together. */
    private void addBroken(ProblemCode code, String message, Named parent, @Nullable String help) {
        complete = false;
        reading.add(code, message, parent.place(), help);
    }
}
