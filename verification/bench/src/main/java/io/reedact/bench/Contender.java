package io.reedact.bench;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * One row of the table.
 *
 * @param name what is started
 * @param aim the ratio to the baseline that it should not exceed; NaN where there is none
 * @param baseline the row whose samples it is paired with; itself where it is the baseline
 * @param start starts it once and returns milliseconds
 */
record Contender(String name, double aim, String baseline, DoubleSupplier start, Samples samples) {
    static Contender process(String name, ProcessTimer timer, List<String> command) {
        return new Contender(name, Double.NaN, name, () -> timer.millis(command), new Samples());
    }

    Contender against(String row, double ratio) {
        return new Contender(name, ratio, row, start, samples);
    }
}
