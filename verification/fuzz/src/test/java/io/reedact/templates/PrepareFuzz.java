package io.reedact.templates;

import static io.reedact.templates.Fuzzed.check;

import io.reedact.templates.PreparedTemplate.Site;

/** Any text is a template whose blocks are right, or one that is refused with what is wrong. */
public final class PrepareFuzz {
    private PrepareFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = Fuzzed.text(data);
        PreparedTemplate prepared;
        try {
            prepared = PreparedTemplate.of(new TemplateText("page", text), Fuzzed.JAILS, "default");
        } catch (TemplateException e) {
            check(!e.problems().isEmpty(), "a refusal says what is wrong");
            return;
        }
        prepared.sites().forEach(site -> checkSite(text, site));
    }

    private static void checkSite(String text, Site site) {
        PreparedBlock block = site.block();
        check(PreparedBlock.decoded(block.encoded()).equals(block), "a block is the same behind its encoded form");
        check(block.encoded().matches("[A-Za-z0-9_-]+"), "its encoded form is of letters and digits");
        String code = block.code();
        for (PreparedBlock.Hole hole : block.holes()) {
            check(code.contains(hole.name()), "a hole has a name in the code");
            check(!text.substring(site.start(), site.end()).contains(hole.name()), "the author has no such name");
        }
        for (PreparedTemplate.Slot slot : site.slots()) {
            check(text.startsWith(slot.expression(), slot.offset()), "an expression is where it stands");
        }
        check(block.tag().line() <= block.codeLine(), "the code is behind the tag");
    }
}
