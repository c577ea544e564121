package io.reedact.verification.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.templates.DecodeFuzz;
import io.reedact.templates.PrepareFuzz;
import io.reedact.templates.ScanFuzz;
import io.reedact.templates.pebble.RewriteFuzz;
import io.reedact.templates.pebble.TimeFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer begins with holds for each of its targets: written by hand, and what it has found so far. */
class SeedsTest {
    private static final List<Consumer<byte[]>> TARGETS = List.of(
            ScanFuzz::fuzzerTestOneInput,
            PrepareFuzz::fuzzerTestOneInput,
            DecodeFuzz::fuzzerTestOneInput,
            RewriteFuzz::fuzzerTestOneInput,
            TimeFuzz::fuzzerTestOneInput);

    private static List<Path> seeds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("seeds"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereAreSeeds() throws IOException {
        assertThat(seeds()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTargetHoldsForIt(Path seed) throws IOException {
        byte[] data = Files.readAllBytes(seed);
        TARGETS.forEach(target -> target.accept(data));
    }
}
