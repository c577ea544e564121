/** The command {@code reedact}: flags in, executions run by the library, results out as text or JSON. */
@NullMarked
package io.reedact.cli;

import org.jspecify.annotations.NullMarked;
