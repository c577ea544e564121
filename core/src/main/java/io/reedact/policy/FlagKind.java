package io.reedact.policy;

import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** True or false, where true allows more. */
class FlagKind extends Kind<Boolean> {
    @Override
    String wants() {
        return "true or false";
    }

    @Override
    @Nullable
    Boolean read(Entry entry, Reading reading) {
        if (entry.node().value() instanceof Boolean set) {
            return set;
        }
        String text = entry.node().text();
        boolean quoted = "true".equals(text) || "false".equals(text);
        addWrongType(entry, reading, quoted ? "write it without quotes" : null);
        return null;
    }

    @Override
    boolean allowsMore(Boolean mine, Boolean inherited, Reading reading) {
        return mine && !inherited;
    }

    /** Network access: nothing can grant it yet, and to take true for false would be a lie. */
    static final class Network extends FlagKind {
        @Override
        @Nullable
        Boolean read(Entry entry, Reading reading) {
            Boolean granted = super.read(entry, reading);
            if (granted != null && granted) {
                String message = entry.key() + " = true: no network access can be granted yet";
                String help = "hand data in as inputs or files, and write " + entry.key() + " = false";
                reading.add(
                        ProblemCode.NETWORK_NOT_GRANTABLE, message, entry.node().place(), help);
                return null;
            }
            return granted;
        }
    }
}
