/** Pages with blocks for applications that use Pebble: {@link io.reedact.templates.pebble.ReedactPebble} is the way in. */
@NullMarked
package io.reedact.templates.pebble;

import org.jspecify.annotations.NullMarked;
