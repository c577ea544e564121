package io.reedact.templates.pebble;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.Loader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.reedact.engine.Jails;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.templates.Page;
import io.reedact.templates.PreparedBlock;
import io.reedact.templates.PreparedTemplate;
import io.reedact.templates.TemplateException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A Pebble engine whose templates hold blocks: PHP, Python, JavaScript and other code, each block run in a jail of its own. Safe
 * for any number of threads; the {@link Jails} stay the caller's.
 *
 * <pre>{@code
 * try (Jails jails = Jails.open()) {
 *     ReedactPebble pebble = ReedactPebble.of(new PebbleEngine.Builder(), jails);
 *     pebble.getTemplate("page.peb").evaluate(writer, Map.of("orders", orders));
 * }
 * }</pre>
 */
public final class ReedactPebble {
    private static final String PROBE = "{{ probe }}";

    private final PebbleEngine engine;
    private final BlockLoader<?> loader;
    private final Renderer renderer;

    private ReedactPebble(PebbleEngine engine, BlockLoader<?> loader, Renderer renderer) {
        this.engine = engine;
        this.loader = loader;
        this.renderer = renderer;
    }

    /**
     * An engine with blocks, under the policy {@code default}.
     *
     * @param builder of the engine as the application wants it; its loader is asked for the templates
     * @throws TemplateException if autoescaping is off
     */
    public static ReedactPebble of(PebbleEngine.Builder builder, Jails jails) {
        return builder(builder, jails).build();
    }

    /** The same, with more to say about it. */
    public static Builder builder(PebbleEngine.Builder builder, Jails jails) {
        return new Builder(builder, jails);
    }

    /** What an engine with blocks can be told. */
    public static final class Builder {
        private final PebbleEngine.Builder builder;
        private final Jails jails;
        private String policy = "default";
        private boolean mayBeUnescaped;

        private Builder(PebbleEngine.Builder builder, Jails jails) {
            this.builder = builder;
            this.jails = jails;
        }

        /** Under this policy: its limits count for pages, and it is the policy of blocks that name none. */
        public Builder policy(String nameOrFile) {
            policy = nameOrFile;
            return this;
        }

        /** Results may go into the page unescaped where the engine has autoescaping off: for pages that are no HTML. */
        public Builder mayBeUnescaped() {
            mayBeUnescaped = true;
            return this;
        }

        /**
         * The engine.
         *
         * @throws TemplateException if autoescaping is off, and nobody said that it may be
         * @throws io.reedact.problem.PolicyFileException if there is no such policy, or it is wrong
         */
        public ReedactPebble build() {
            jails.policies().find(policy);
            PebbleEngine plain = builder.build();
            if (!mayBeUnescaped && !escapes(plain)) {
                String message = "autoescaping is off: results of blocks would go into the page as they are";
                throw new TemplateException(Problem.of(ProblemCode.AUTOESCAPING_OFF, message, null));
            }
            return with(plain.getLoader());
        }

        private <T> ReedactPebble with(Loader<T> templates) {
            BlockLoader<T> loader = new BlockLoader<>(templates, text -> PreparedTemplate.of(text, jails, policy));
            PebbleEngine engine =
                    builder.loader(loader).extension(new ReedactExtension()).build();
            return new ReedactPebble(engine, loader, new Renderer(jails, policy, loader));
        }

        private static boolean escapes(PebbleEngine engine) {
            StringWriter text = new StringWriter();
            try {
                engine.getLiteralTemplate(PROBE).evaluate(text, Map.of("probe", "<"));
            } catch (IOException e) {
                throw new IllegalStateException("memory can't be written to", e);
            }
            return text.toString().equals("&lt;");
        }
    }

    /**
     * A template as an ordinary one of the engine's. Evaluating it waits for its blocks and then writes the page, or throws and
     * writes nothing: {@link io.reedact.templates.PageFailedException} where a block did not complete.
     *
     * @throws TemplateException with all that is wrong with it, its blocks included
     */
    public PebbleTemplate getTemplate(String name) {
        return new PageTemplate(renderer, template(name));
    }

    /**
     * Renders a template, and tells about its blocks.
     *
     * @param data the page's variables
     * @param began gets the page when it begins, for example to cancel it
     * @throws TemplateException if it or another template that it uses is wrong
     * @throws io.reedact.templates.PageFailedException if a block did not complete or the page passed a limit
     */
    public RenderedPage render(String name, Map<String, ?> data, Consumer<Page> began) {
        return renderer.render(template(name), data, null, began);
    }

    /**
     * The blocks of a template that can be read, in their order.
     *
     * @throws TemplateException with all that is wrong with it
     */
    public List<PreparedBlock> blocks(String name) {
        template(name);
        return loader.blocks(name);
    }

    /**
     * The other templates that a template names, as far as the names are written out, in their order.
     *
     * @throws TemplateException with all that is wrong with it
     */
    public List<String> references(String name) {
        template(name);
        return loader.references(name);
    }

    private PebbleTemplate template(String name) {
        try {
            return engine.getTemplate(name);
        } catch (StackOverflowError e) {
            throw renderer.endless(e, name);
        } catch (RuntimeException e) {
            throw renderer.told(e, ProblemCode.TEMPLATE_SYNTAX, name);
        }
    }
}
