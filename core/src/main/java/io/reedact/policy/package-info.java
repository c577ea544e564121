/**
 * What an execution may do and use, as an admin wrote it: policy files, the groups of system calls, and the rules that
 * come out of both for one language.
 */
@NullMarked
package io.reedact.policy;

import org.jspecify.annotations.NullMarked;
