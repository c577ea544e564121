/** Rules about which part may know which, held against the compiled classes. */
@NullMarked
package io.reedact.verification.arch;

import org.jspecify.annotations.NullMarked;
