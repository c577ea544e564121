package io.reedact.execution;

import java.util.List;

/**
 * The isolation layers of one execution.
 *
 * @param layers that were in force, by label, for example {@code pid-namespace}
 * @param missing that were not; the policy names each of them in {@code optional_layers}
 * @param landlockAbi of the kernel, 0 where the layer {@code landlock} was missing
 */
public record Isolation(List<String> layers, List<String> missing, int landlockAbi) {
    public Isolation {
        layers = List.copyOf(layers);
        missing = List.copyOf(missing);
    }
}
