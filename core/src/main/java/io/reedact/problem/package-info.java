/** What can go wrong outside a guest: the one catalogue of codes, how a problem is shown, who can mend it. */
@NullMarked
package io.reedact.problem;

import org.jspecify.annotations.NullMarked;
