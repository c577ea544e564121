/** The native jailer's life: where its program is, its process, the connections to it. */
@NullMarked
package io.reedact.jailer;

import org.jspecify.annotations.NullMarked;
