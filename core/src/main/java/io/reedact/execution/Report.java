package io.reedact.execution;

import io.reedact.policy.Limits;
import java.util.List;

/**
 * What every outcome has to tell.
 *
 * @param language the runtime's name, for example {@code python}
 * @param runtime with its version, for example {@code python 3.11.2}
 * @param policy the policy's name
 * @param stdout what the guest wrote there
 * @param stderr what the guest wrote there
 * @param exit how the guest's process ended; (0, null) where we ended it
 * @param violations in the order of their first report
 * @param violationsTruncated whether their counts are lower bounds, because reports end after 64
 * @param usage what it used
 * @param isolation which layers were in force
 * @param timeline where the time went
 * @param limits what it was limited to
 */
public record Report(
        String language,
        String runtime,
        String policy,
        Output stdout,
        Output stderr,
        Exit exit,
        List<Violation> violations,
        boolean violationsTruncated,
        Usage usage,
        Isolation isolation,
        Timeline timeline,
        Limits limits) {
    public Report {
        violations = List.copyOf(violations);
    }
}
