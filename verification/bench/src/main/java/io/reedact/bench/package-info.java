/** The side-by-side benchmark: whole starts of jails and of bare interpreters, paired in one run. */
@NullMarked
package io.reedact.bench;

import org.jspecify.annotations.NullMarked;
