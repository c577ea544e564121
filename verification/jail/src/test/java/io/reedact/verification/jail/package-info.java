/** Real jails on this host: what guests can see and do, what ends them, and what is left of them. */
@NullMarked
package io.reedact.verification.jail;

import org.jspecify.annotations.NullMarked;
