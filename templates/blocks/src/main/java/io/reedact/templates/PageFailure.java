package io.reedact.templates;

import io.reedact.problem.Location;

/** Why a page came to nothing though its templates are right. */
public sealed interface PageFailure {
    /** One of its blocks did not complete, and has no fallback. */
    record Block(BlockRun run) implements PageFailure {}

    /**
     * It passed a limit of its policy.
     *
     * @param kind {@code page_blocks} or {@code page_timeout}
     * @param limit blocks or nanoseconds
     * @param used blocks or nanoseconds
     * @param place of the block with which it was passed, or of the last one that was started
     */
    record Limit(String kind, long limit, long used, Location place) implements PageFailure {
        /** Whether its amounts are nanoseconds; otherwise they are blocks. */
        public boolean isTime() {
            return kind.equals("page_timeout");
        }
    }

    /** Its caller cancelled it. */
    record Cancelled() implements PageFailure {}
}
