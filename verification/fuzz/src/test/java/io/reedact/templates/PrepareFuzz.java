package io.reedact.templates;

import static io.reedact.templates.Fuzzed.check;

import io.reedact.templates.PreparedTemplate.Site;
import java.util.List;

/** Any text is a template whose blocks are right, or one that is refused with what is wrong. */
public final class PrepareFuzz {
    private PrepareFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        TemplateText template = new TemplateText("page", Fuzzed.text(data));
        PreparedTemplate prepared;
        try {
            prepared = PreparedTemplate.of(template, Fuzzed.JAILS, "default");
        } catch (TemplateException e) {
            check(!e.problems().isEmpty(), "a refusal says what is wrong");
            return;
        }
        List<BlockTag> tags = TemplateScanner.scan(template).blocks();
        check(tags.size() == prepared.sites().size(), "each block is ready to run");
        for (int i = 0; i < tags.size(); i++) {
            BlockTag tag = tags.get(i);
            checkSite(prepared.sites().get(i), template.text(), tag.bodyStart(), tag.bodyEnd());
        }
    }

    private static void checkSite(Site site, String text, int bodyStart, int bodyEnd) {
        PreparedBlock block = site.block();
        check(PreparedBlock.decoded(block.encoded()).equals(block), "a block is the same behind its encoded form");
        check(block.encoded().matches("[A-Za-z0-9_-]+"), "its encoded form is of letters and digits");
        String body = text.substring(bodyStart, bodyEnd);
        for (PreparedBlock.Hole hole : block.holes()) {
            check(block.code().contains(hole.name()), "a hole has a name in the code");
            check(!body.contains(hole.name()), "its body has no such name");
            check(!block.inputs().contains(hole.name()), "no input has that name");
        }
        for (PreparedTemplate.Slot slot : site.slots()) {
            check(text.startsWith(slot.expression(), slot.offset()), "an expression is where it stands");
        }
        check(block.tag().line() <= block.codeLine(), "the code is behind the tag");
    }
}
