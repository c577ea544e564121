package io.reedact.cli;

import io.reedact.engine.Inventory;
import io.reedact.engine.Jails;
import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemException;
import io.reedact.runtime.LanguageRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that {@code doctor} looks at: the jailer, the kernel, the interpreters, and a jail for each of these. */
final class HostChecks {
    private final List<HostCheck> checks = new ArrayList<>();

    private HostChecks() {}

    /** All findings; what can't be looked at because of an earlier one is left out. */
    static List<HostCheck> all() {
        HostChecks all = new HostChecks();
        all.checks.add(HostCheck.pass("java", System.getProperty("java.version")));
        try {
            Set<String> usable = all.interpreters();
            all.jailer(usable);
        } catch (ProblemException e) {
            all.refused("installation", e);
        }
        return all.checks;
    }

    private Set<String> interpreters() {
        var languages = Inventory.open().runtimes().availability();
        languages.forEach((name, found) -> {
            LanguageRuntime runtime = found.runtime();
            if (runtime != null) {
                checks.add(HostCheck.pass(name, runtime.version() + ", " + runtime.interpreter()));
            } else if (found.problem() != null) {
                Problem problem = found.problem().problems().get(0);
                checks.add(HostCheck.warn(name, problem.message(), mend(problem)));
            }
        });
        languages.values().removeIf(found -> found.runtime() == null);
        return languages.keySet();
    }

    private void jailer(Set<String> languages) {
        try (Jails jails = Jails.open()) {
            Map<String, String> facts = jails.host();
            checks.add(HostCheck.pass("jailer", "answers"));
            checks.addAll(KernelChecks.of(facts));
            languages.forEach(language -> trial(jails, language));
        } catch (ProblemException e) {
            refused("jailer", e);
        }
    }

    /** A program that does nothing is the same in every language: no text at all. */
    private void trial(Jails jails, String language) {
        String name = "a jail for " + language;
        try {
            Outcome outcome = jails.run(Execution.program(language, ""));
            checks.add(
                    outcome instanceof Outcome.Completed
                            ? HostCheck.pass(name, outcome.layers().size() + " layers, " + missing(outcome))
                            : HostCheck.fail(
                                    name,
                                    "the guest did not complete: "
                                            + outcome.stderr().strip(),
                                    null));
        } catch (ProblemException e) {
            refused(name, e);
        }
    }

    private static String missing(Outcome outcome) {
        List<String> missing = outcome.isolation().missing();
        return missing.isEmpty() ? "none missing" : "missing " + String.join(", ", missing);
    }

    private void refused(String name, ProblemException e) {
        for (Problem problem : e.problems()) {
            checks.add(HostCheck.fail(
                    name, problem.message() + " [" + problem.code().code() + "]", mend(problem)));
        }
    }

    private static String mend(Problem problem) {
        return problem.help() == null ? problem.code().mend() : problem.help();
    }
}
