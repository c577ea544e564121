/** The way of an execution: admission, a jail's spec and job, the conversation with the jailer, the outcome. */
@NullMarked
package io.reedact.engine;

import org.jspecify.annotations.NullMarked;
