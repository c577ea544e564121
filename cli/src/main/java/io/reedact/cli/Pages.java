package io.reedact.cli;

import io.pebbletemplates.pebble.PebbleEngine;
import io.reedact.engine.Jails;
import io.reedact.templates.pebble.ReedactPebble;

/** The engine of pages that lie in files. */
final class Pages {
    static {
        // The engine logs, and a command has nowhere to log to. Told by name, the logging library looks for no
        // provider.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    private Pages() {}

    /** An engine for one template and those beside it. */
    static ReedactPebble engine(String template, String policy, Jails jails) {
        PebbleEngine.Builder builder =
                new PebbleEngine.Builder().loader(TemplateFolder.of(template)).methodAccessValidator(new DataMethods());
        return ReedactPebble.builder(builder, jails).policy(policy).build();
    }
}
