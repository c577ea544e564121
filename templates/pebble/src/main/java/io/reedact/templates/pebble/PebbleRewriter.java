package io.reedact.templates.pebble;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.templates.PreparedTemplate;
import io.reedact.templates.PreparedTemplate.Site;
import io.reedact.templates.PreparedTemplate.Slot;
import io.reedact.templates.TemplateException;
import io.reedact.templates.TemplateText;

/**
 * Writes a template as Pebble can read it: each block becomes one tag that starts it. A {@code set} for a block with a name,
 * since that runs everywhere, also at the top of a template that extends another; a tag of ours for one that prints. Every
 * line keeps its number, those of expressions in holes included, so that the engine's own errors point where the author looks.
 */
final class PebbleRewriter {
    /** A function that starts a block, a tag that starts one and prints its result, and the variable of the set tag. */
    static final String START = "reedact_start";

    static final String PRINT = "reedact_print";
    private static final String NOWHERE = "reedact_";

    private final TemplateText template;
    private final String text;
    private final StringBuilder out;

    /** The line of the template that is being written. */
    private int line = 1;

    private PebbleRewriter(PreparedTemplate prepared) {
        template = prepared.template();
        text = template.text();
        out = new StringBuilder(text.length());
    }

    /**
     * The text for the engine.
     *
     * @throws TemplateException if the engine would never come to an end with it
     */
    static String rewrite(PreparedTemplate prepared) {
        requireEnd(prepared.template());
        PebbleRewriter rewriter = new PebbleRewriter(prepared);
        int at = 0;
        for (Site site : prepared.sites()) {
            rewriter.out.append(rewriter.text, at, site.start());
            rewriter.write(site);
            at = site.end();
        }
        return rewriter.out.append(rewriter.text, at, rewriter.text.length()).toString();
    }

    /** Pebble 4.1.2 reads a backslash at the very end of a template for ever where a text in quotes is open. */
    private static void requireEnd(TemplateText template) {
        String text = template.text();
        if (text.endsWith("\\") && text.indexOf('"') >= 0) {
            Location end = template.between(text.length() - 1, text.length());
            String message = "the engine can't read a template that ends in a backslash";
            throw new TemplateException(
                    new Problem(ProblemCode.TEMPLATE_SYNTAX, message, end, "put a line end behind it"));
        }
    }

    private void write(Site site) {
        line = template.line(site.start());
        boolean prints = site.block().name() == null;
        out.append(site.trimsBefore() ? "{%- " : "{% ")
                .append(prints ? PRINT + " " : "set " + NOWHERE + " = " + START + "(")
                .append('\'')
                .append(site.block().encoded())
                .append("', {");
        site.slots().stream().filter(slot -> !slot.isBareName()).forEach(this::write);
        out.append("}, {");
        site.slots().stream().filter(Slot::isBareName).forEach(this::writeName);
        out.append('}').append(prints ? "" : ")");
        goTo(template.line(site.end() - 1));
        out.append(site.trimsAfter() ? " -%}" : " %}");
    }

    private void write(Slot slot) {
        separate();
        goTo(template.line(slot.offset()));
        key(slot).append('(').append(slot.expression()).append(')');
        line = template.line(slot.offset() + slot.expression().length());
    }

    /** A bare name goes as a text: looking it up would wait for it. */
    private void writeName(Slot slot) {
        separate();
        key(slot).append('\'').append(slot.expression()).append('\'');
    }

    private void separate() {
        out.append(out.charAt(out.length() - 1) == '{' ? "" : ", ");
    }

    private StringBuilder key(Slot slot) {
        return out.append('\'').append(slot.name()).append("': ");
    }

    private void goTo(int wanted) {
        for (; line < wanted; line++) {
            out.append('\n');
        }
    }
}
