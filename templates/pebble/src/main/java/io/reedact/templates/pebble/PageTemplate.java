package io.reedact.templates.pebble;

import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template with blocks, as an ordinary one: each evaluation is a page of its own. */
final class PageTemplate implements PebbleTemplate {
    private final Renderer renderer;
    private final PebbleTemplate template;

    PageTemplate(Renderer renderer, PebbleTemplate template) {
        this.renderer = renderer;
        this.template = template;
    }

    @Override
    public void evaluate(Writer writer) throws IOException {
        evaluate(writer, Map.of(), null);
    }

    @Override
    public void evaluate(Writer writer, Locale locale) throws IOException {
        evaluate(writer, Map.of(), locale);
    }

    @Override
    public void evaluate(Writer writer, Map<String, Object> context) throws IOException {
        evaluate(writer, context, null);
    }

    @Override
    public void evaluate(Writer writer, Map<String, Object> context, @Nullable Locale locale) throws IOException {
        finish(writer, renderer.render(template, context, locale, page -> {}));
    }

    @Override
    public void evaluateBlock(String blockName, Writer writer) throws IOException {
        evaluateBlock(blockName, writer, Map.of(), null);
    }

    @Override
    public void evaluateBlock(String blockName, Writer writer, Locale locale) throws IOException {
        evaluateBlock(blockName, writer, Map.of(), locale);
    }

    @Override
    public void evaluateBlock(String blockName, Writer writer, Map<String, Object> context) throws IOException {
        evaluateBlock(blockName, writer, context, null);
    }

    @Override
    public void evaluateBlock(String blockName, Writer writer, Map<String, Object> context, @Nullable Locale locale)
            throws IOException {
        finish(writer, renderer.renderBlock(template, blockName, context, locale));
    }

    private static void finish(Writer writer, RenderedPage page) throws IOException {
        writer.write(page.html());
        writer.flush();
    }

    @Override
    public String getName() {
        return template.getName();
    }

    @Override
    public RenderableNode getRootNode() {
        return template.getRootNode();
    }
}
