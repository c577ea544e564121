/** What is run and what came of it: executions, outcomes, usage, violations, layers, timelines. */
@NullMarked
package io.reedact.execution;

import org.jspecify.annotations.NullMarked;
