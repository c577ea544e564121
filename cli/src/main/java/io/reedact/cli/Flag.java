package io.reedact.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag of a command.
 *
 * @param names all that it goes by, with their dashes; the last one is the one to talk about
 * @param label what its value is called in the help; null: it takes none
 * @param repeatable whether it may be given several times
 * @param description what it does; a line end where the help begins a new line
 */
record Flag(List<String> names, @Nullable String label, boolean repeatable, String description) {

    boolean takesValue() {
        return label != null;
    }

    /** The name to talk about it. */
    String name() {
        return names.get(names.size() - 1);
    }
}
