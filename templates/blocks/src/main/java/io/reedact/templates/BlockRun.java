package io.reedact.templates;

import io.reedact.execution.Outcome;
import io.reedact.problem.Location;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A block that was run for a page.
 *
 * @param name of its result; null where it is printed in place
 * @param tag where its tag is
 * @param outcome what came of it
 * @param fellBack whether its fallback stands in for the value
 * @param started when rendering came to its tag, from the page's start
 * @param launched when its inputs were there
 * @param ended when its outcome was there
 */
public record BlockRun(
        @Nullable String name,
        Location tag,
        Outcome outcome,
        boolean fellBack,
        Duration started,
        Duration launched,
        Duration ended) {}
