/**
 * Templates that hold blocks, whatever engine renders them: finding blocks in a text, and running those of one page side by
 * side, each in a jail of its own. What an engine has to do with them is in an adapter of its own.
 */
@NullMarked
package io.reedact.templates;

import org.jspecify.annotations.NullMarked;
