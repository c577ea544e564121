package io.reedact.engine;

import io.reedact.policy.Policies;
import io.reedact.runtime.Runtimes;

/**
 * The languages and policies of this host, for looking at. Nothing is started, and no jailer is needed.
 *
 * @param runtimes the languages
 * @param policies the policies
 */
public record Inventory(Runtimes runtimes, Policies policies) {

    /**
     * Those that {@link Jails#open} would have.
     *
     * @throws io.reedact.problem.HostException if there is no folder for what is unpacked
     */
    public static Inventory open() {
        return new JailsBuilder().inventory();
    }
}
