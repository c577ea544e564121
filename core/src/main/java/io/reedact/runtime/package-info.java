/** Languages: descriptors, interpreters as they are installed on this host, and what of the host they need to see. */
@NullMarked
package io.reedact.runtime;

import org.jspecify.annotations.NullMarked;
