package io.reedact.cli;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inputs of an execution: the keys of {@code --context} files, and {@code --with}, which wins. */
final class Inputs {
    private Inputs() {}

    /**
     * Reads them in the order of the command line; a later file wins over an earlier one.
     *
     * @throws RequestException if a file can't be read, is malformed or holds no object
     */
    static Map<String, @Nullable Object> of(Arguments arguments, InputStream stdin) {
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        for (String file : arguments.values("--context")) {
            inputs.putAll(context(file, HostFiles.text(file, stdin)));
        }
        for (String pair : arguments.values("--with")) {
            Pair input = Pair.of("--with", "NAME=JSON", pair);
            inputs.put(input.name(), JsonInput.read("--with " + input.name(), input.value()));
        }
        return inputs;
    }

    private static Map<String, @Nullable Object> context(String file, String text) {
        if (JsonInput.read(file, text) instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> keys = new LinkedHashMap<>();
            object.forEach((key, value) -> keys.put(String.valueOf(key), value));
            return keys;
        }
        String message = "a context has to be a JSON object: each of its keys is an input";
        throw new RequestException(new Problem(ProblemCode.CLI_BAD_JSON, message, Location.of(file), null));
    }
}
