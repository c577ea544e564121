package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import io.reedact.templates.PageFailedException;
import io.reedact.templates.TemplateException;
import io.reedact.templates.pebble.ReedactPebble;
import io.reedact.templates.pebble.RenderedPage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Templates in memory, rendered with {@link OpenJails}. */
final class Pages {
    private final Map<String, String> templates = new LinkedHashMap<>();
    private final Map<String, Object> data = new HashMap<>();
    private String policy = "default";

    private Pages() {}

    /** A page of one template, {@code page.peb}. */
    static Pages of(String text) {
        return new Pages().and("page.peb", text);
    }

    /** With another template beside it. */
    Pages and(String name, String text) {
        templates.put(name, text);
        return this;
    }

    Pages with(String name, Object value) {
        data.put(name, value);
        return this;
    }

    Pages under(String nameOrFile) {
        policy = nameOrFile;
        return this;
    }

    RenderedPage page() {
        MemoryLoader loader = new MemoryLoader();
        templates.forEach(loader::addTemplate);
        return ReedactPebble.builder(new PebbleEngine.Builder().loader(loader), OpenJails.jails())
                .policy(policy)
                .build()
                .render("page.peb", data, page -> {});
    }

    String html() {
        return page().html();
    }

    PageFailedException failure() {
        return catchThrowableOfType(PageFailedException.class, this::page);
    }

    TemplateException refusal() {
        return catchThrowableOfType(TemplateException.class, this::page);
    }
}
