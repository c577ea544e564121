package io.reedact.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group of system calls.
 *
 * @param name with its @
 * @param about what its calls are for
 * @param hint for whoever meets a denial of one of them; null: nothing special
 * @param calls the calls that stand in it
 * @param includes groups (with @) and calls of other groups that it means as well
 */
record SyscallGroup(String name, String about, @Nullable String hint, List<String> calls, List<String> includes) {}
