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
     * With so many problems nothing more is looked at. Nobody mends more at once, and telling one may take a look at all of the
     * template: a hostile one could make that its length squared.
     */
    static final int MOST_PROBLEMS = 100;

    /**
     * A tag that names another template.
     *
     * @param name as it is written
     * @param start of the name, in the template
     * @param end behind it
     */
    record Reference(String name, int start, int end) {}
}
