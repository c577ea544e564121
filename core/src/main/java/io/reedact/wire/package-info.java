/** The wire protocol's Java side: frames and their payloads, as docs/wire-protocol.md has them. */
@NullMarked
package io.reedact.wire;

import org.jspecify.annotations.NullMarked;
