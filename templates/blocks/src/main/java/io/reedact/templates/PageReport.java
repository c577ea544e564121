package io.reedact.templates;

import java.time.Duration;
import java.util.List;

/**
 * What there is to tell of a page that was rendered or not.
 *
 * @param policy of the page
 * @param blocks those that came to an outcome, in the order of their tags' being reached
 * @param total from the page's start to its end
 * @param inBlocks how long at least one block was being run
 */
public record PageReport(String policy, List<BlockRun> blocks, Duration total, Duration inBlocks) {
    public PageReport {
        blocks = List.copyOf(blocks);
    }
}
