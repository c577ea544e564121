package io.reedact.cli;

import io.reedact.templates.PageFailure;
import io.reedact.templates.PageReport;
import org.jspecify.annotations.Nullable;

/**
 * What came of a page.
 *
 * @param template its name
 * @param html its text; null if it failed
 * @param failure why it failed; null if it didn't
 * @param report what there is to tell
 */
record PageResult(
        String template, @Nullable String html, @Nullable PageFailure failure, PageReport report) {
    Ending ending() {
        if (failure == null) {
            return Ending.COMPLETED;
        }
        if (failure instanceof PageFailure.Block block) {
            return Ending.of(block.run().outcome());
        }
        return failure instanceof PageFailure.Limit ? Ending.LIMIT_EXCEEDED : Ending.CANCELLED;
    }
}
