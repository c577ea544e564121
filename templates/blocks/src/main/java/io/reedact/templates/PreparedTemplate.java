package io.reedact.templates;

import io.reedact.engine.Jails;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template whose blocks are right: for each, where it stands and what an engine has to hand to it. */
public final class PreparedTemplate {
    private final TemplateText template;
    private final List<Site> sites;
    private final List<Scan.Reference> references;

    private PreparedTemplate(TemplateText template, List<Site> sites, List<Scan.Reference> references) {
        this.template = template;
        this.sites = List.copyOf(sites);
        this.references = List.copyOf(references);
    }

    /**
     * Finds and checks the blocks of a template.
     *
     * @param policy of the pages that it will be in
     * @throws TemplateException with all that is wrong, in one pass
     */
    public static PreparedTemplate of(TemplateText template, Jails jails, String policy) {
        Scan scan = TemplateScanner.scan(template);
        List<Problem> problems = new ArrayList<>(scan.problems());
        BlockReader reader = new BlockReader(template, jails, policy, problems);
        List<Site> sites = new ArrayList<>();
        for (BlockTag tag : scan.blocks()) {
            if (problems.size() < Scan.MOST_PROBLEMS) {
                reader.read(tag).ifPresent(sites::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new TemplateException(problems);
        }
        return new PreparedTemplate(template, sites, scan.references());
    }

    /** The template as it was read. */
    public TemplateText template() {
        return template;
    }

    /** Its blocks, in their order. */
    public List<Site> sites() {
        return sites;
    }

    /** The other templates that it names, as far as the names are written out. */
    public List<String> references() {
        return references.stream().map(Scan.Reference::name).toList();
    }

    /**
     * Where it names another template first; null if it doesn't.
     *
     * @param name as it is written there
     */
    public @Nullable Location place(String name) {
        return references.stream()
                .filter(reference -> reference.name().equals(name))
                .findFirst()
                .map(reference -> template.between(reference.start(), reference.end()))
                .orElse(null);
    }

    /**
     * A block in its place.
     *
     * @param block what it runs
     * @param start of its tag, an offset in the template
     * @param end behind its end tag
     * @param trimsBefore whether white space before it goes
     * @param trimsAfter whether white space behind it goes
     * @param slots what the engine has to hand to it: each input, then each hole, in the template's order
     */
    public record Site(
            PreparedBlock block, int start, int end, boolean trimsBefore, boolean trimsAfter, List<Slot> slots) {
        public Site {
            slots = List.copyOf(slots);
        }
    }

    /**
     * A value that the engine hands to a block.
     *
     * @param name of the input or of the hole
     * @param expression of the engine's
     * @param offset of the expression in the template
     * @param isBareName whether it is just the name of a variable, so that a pending result can be handed on as it is
     */
    public record Slot(String name, String expression, int offset, boolean isBareName) {}
}
