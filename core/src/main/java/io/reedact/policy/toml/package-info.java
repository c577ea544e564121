/** TOML files that people have written, as tables that know where everything stands. */
@NullMarked
package io.reedact.policy.toml;

import org.jspecify.annotations.NullMarked;
