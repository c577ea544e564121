/** Values as they cross between Java and guests: what can, in which form, and how it is refused. */
@NullMarked
package io.reedact.value;

import org.jspecify.annotations.NullMarked;
