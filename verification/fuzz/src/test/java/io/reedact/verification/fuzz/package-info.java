/** Every fuzz target holds for every seed. */
@NullMarked
package io.reedact.verification.fuzz;

import org.jspecify.annotations.NullMarked;
