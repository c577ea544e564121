/** The command as its users run it: a process with arguments, streams and an exit status. */
@NullMarked
package io.reedact.verification.endtoend;

import org.jspecify.annotations.NullMarked;
