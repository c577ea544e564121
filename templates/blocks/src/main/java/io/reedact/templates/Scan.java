package io.reedact.templates;

import io.reedact.problem.Problem;
import java.util.List;

/**
 * What a scan of a template found.
 *
 * @param blocks in their order
 * @param references to other templates that are written out, in their order
 * @param problems all that is wrong with the form of its blocks, in their order
 */
record Scan(List<BlockTag> blocks, List<Reference> references, List<Problem> problems) {
    /**
     * A tag that names another template.
     *
     * @param name as it is written
     * @param start of the name, in the template
     * @param end behind it
     */
    record Reference(String name, int start, int end) {}
}
