package io.reedact.policy;

import io.reedact.policy.toml.Place;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What reading a policy needs to know, and what was found wrong so far. For one thread. */
final class Reading {
    private final Set<String> languages;
    private final SyscallGroups groups;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param languages the names that sections of languages can have
     * @param groups what allowed_syscalls can name
     */
    Reading(Set<String> languages, SyscallGroups groups) {
        this.languages = languages;
        this.groups = groups;
    }

    Set<String> languages() {
        return languages;
    }

    SyscallGroups groups() {
        return groups;
    }

    List<Problem> problems() {
        return problems;
    }

    void add(ProblemCode code, String message, Place place, @Nullable String help) {
        Problem problem = new Problem(code, message, place.location(), help);
        if (!problems.contains(problem)) { // one key can be looked at for several languages
            problems.add(problem);
        }
    }
}
