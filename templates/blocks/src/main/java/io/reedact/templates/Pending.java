package io.reedact.templates;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A result that may not be there yet. */
public final class Pending {
    private final Page page;
    private final CompletableFuture<@Nullable Object> value = new CompletableFuture<>();

    Pending(Page page) {
        this.page = page;
    }

    /**
     * The block's value, waited for.
     *
     * @throws PageFailedException if the page comes to nothing meanwhile; for the other exceptions see {@link Page#finish}
     */
    public @Nullable Object await() {
        return page.await(this);
    }

    CompletableFuture<@Nullable Object> value() {
        return value;
    }
}
