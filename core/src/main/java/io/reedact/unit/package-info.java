/** Amounts with their unit in the type: sizes, durations, shares of a CPU. */
@NullMarked
package io.reedact.unit;

import org.jspecify.annotations.NullMarked;
