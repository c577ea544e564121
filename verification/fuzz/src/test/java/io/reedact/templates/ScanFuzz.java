package io.reedact.templates;

import static io.reedact.templates.Fuzzed.check;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.templates.BlockTag.Word;
import org.jspecify.annotations.Nullable;

/** Any text can be scanned, and what is found lies where it is said to. */
public final class ScanFuzz {
    private final String text;
    private final TemplateText template;

    private ScanFuzz(String text) {
        this.text = text;
        this.template = new TemplateText("page", text);
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        new ScanFuzz(Fuzzed.text(data)).checkAll();
    }

    private void checkAll() {
        Scan scan = TemplateScanner.scan(template);
        int at = 0;
        for (BlockTag block : scan.blocks()) {
            check(at <= block.start(), "blocks are in order and apart");
            checkBlock(block);
            at = block.end();
        }
        check(at <= text.length(), "blocks are in the text");
        for (Scan.Reference reference : scan.references()) {
            String named = text.substring(reference.start(), reference.end());
            check(named.substring(1, named.length() - 1).equals(reference.name()), "names are where they stand");
        }
        int lines = template.line(text.length());
        for (Problem problem : scan.problems()) {
            Location place = problem.location();
            check(place != null && place.line() >= 1 && place.line() <= lines, "a problem has a place");
        }
    }

    private void checkBlock(BlockTag block) {
        check(block.start() < block.bodyStart() && block.bodyStart() <= block.bodyEnd(), "a body follows a tag");
        check(block.bodyEnd() < block.end(), "an end tag follows a body");
        check(text.startsWith(block.trimsBefore() ? "{%-" : "{%", block.start()), "a block begins with a tag");
        check(text.startsWith("%}", block.bodyStart() - 2), "a body begins behind a tag");
        check(text.startsWith("{%", block.bodyEnd()), "a body ends at a tag");
        check(
                text.startsWith(block.trimsAfter() ? "-%}" : "%}", block.end() - (block.trimsAfter() ? 3 : 2)),
                "so does it");
        check(!text.substring(block.bodyStart(), block.bodyEnd()).contains("{% endreedact %}"), "the first end counts");
        checkWord(block, block.language());
        checkWord(block, block.name());
        block.options().values().forEach(value -> checkWord(block, value));
        block.inputs().forEach(input -> checkWord(block, input.expression()));
    }

    private void checkWord(BlockTag block, @Nullable Word word) {
        if (word != null && !word.text().isEmpty()) {
            check(word.offset() > block.start() && word.end() <= block.bodyStart() - 2, "a word is in its tag");
            check(text.startsWith(word.text(), word.offset()), "a word is where it stands");
        }
    }
}
