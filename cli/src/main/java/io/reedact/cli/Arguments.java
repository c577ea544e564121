package io.reedact.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user wrote behind a command.
 *
 * @param flags values by the flag's {@linkplain Flag#name name}, in the order of the command line
 * @param operands what is neither a flag nor a flag's value, in order
 * @param rest everything behind {@code --}
 */
record Arguments(Map<String, List<String>> flags, List<String> operands, List<String> rest) {

    /** Whether a flag was given. */
    boolean has(String flag) {
        return flags.containsKey(flag);
    }

    /** The value of a flag, if it was given. */
    Optional<String> value(String flag) {
        return values(flag).stream().findFirst();
    }

    /** The values of a flag that may be given several times, in order. */
    List<String> values(String flag) {
        return flags.getOrDefault(flag, List.of());
    }
}
