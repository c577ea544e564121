package io.reedact.templates;

import java.util.List;

/**
 * A body that is ready to run.
 *
 * @param code with a name in place of each hole
 * @param line of its first line, in the template
 * @param holes in order
 * @param slots their expressions, in the same order
 */
record Body(String code, int line, List<PreparedBlock.Hole> holes, List<PreparedTemplate.Slot> slots) {}
