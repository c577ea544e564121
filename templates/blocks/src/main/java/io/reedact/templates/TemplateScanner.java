package io.reedact.templates;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.templates.BlockTag.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the blocks of a template before its engine sees it: a body may hold anything, so no engine's own lexer could read it.
 * Comments and {@code verbatim} are passed over; other tags are looked at only for where they end, for what they put a block
 * into, and for the templates that they name.
 */
final class TemplateScanner {
    private static final Pattern OPENING = Pattern.compile("\\{[{%#]");
    private static final Pattern TAG = Pattern.compile("\\{%(-?)\\s*([A-Za-z_][A-Za-z0-9_]*)?");
    private static final Pattern VERBATIM_END = Pattern.compile("\\{%-?\\s*endverbatim\\s*-?%\\}");
    private static final Pattern BLOCK_END =
            Pattern.compile("\\{%-?\\s*+endreedact\\b\\s*+([A-Za-z0-9_]*+)\\s*+(-?)%\\}", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED = Pattern.compile("\\s*([\"'])([^\"'\\\\#]*)\\1");
    private static final Set<String> NAMING = Set.of("include", "extends", "import", "from", "embed");

    /** Tags inside which a block can't be, and why. */
    private static final List<String> CLOSED = List.of("macro", "parallel", "cache");

    private final TemplateText template;
    private final String text;
    private final List<BlockTag> blocks = new ArrayList<>();
    private final List<Scan.Reference> references = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> open = new HashMap<>();
    private boolean hasParent;

    /** False once an end was looked for in vain: there is none further on either. */
    private boolean hasEnds = true;

    private int at;

    private TemplateScanner(TemplateText template) {
        this.template = template;
        this.text = template.text();
    }

    /** All that is to be found; what is wrong is in it too. */
    static Scan scan(TemplateText template) {
        TemplateScanner scanner = new TemplateScanner(template);
        Matcher opening = OPENING.matcher(scanner.text);
        while (scanner.problems.size() < Scan.MOST_PROBLEMS && opening.find(scanner.at)) {
            scanner.at = opening.start();
            switch (opening.group()) {
                case "{#" -> scanner.skipTo("#}");
                case "{{" -> scanner.skipExpression("}}");
                default -> scanner.readTag();
            }
        }
        return new Scan(scanner.blocks, scanner.references, scanner.problems);
    }

    private void skipTo(String mark) {
        int end = text.indexOf(mark, at + 2);
        at = end < 0 ? text.length() : end + mark.length();
    }

    /** To the end of the text where there is no end: the engine says so better than we could. */
    private void skipExpression(String mark) {
        int end = Nesting.indexOf(mark, text, at + 2);
        at = end < 0 ? text.length() : end + mark.length();
    }

    private void readTag() {
        Matcher tag = TAG.matcher(text).region(at, text.length());
        tag.lookingAt();
        String word = tag.group(2) == null ? "" : tag.group(2);
        switch (word.toLowerCase(Locale.ROOT)) {
            case "reedact" -> readBlock(tag);
            case "endreedact" -> {
                wrong(ProblemCode.BLOCK_END, at, "no block is open here", "remove this tag, or open one above it");
                skipExpression("%}");
            }
            case "verbatim" -> {
                Matcher end = VERBATIM_END.matcher(text);
                at = end.find(at) ? end.end() : text.length();
            }
            default -> readOther(word, tag.end());
        }
    }

    private void readOther(String word, int end) {
        if (CLOSED.contains(word) || word.equals("block")) {
            open.merge(word, 1, Integer::sum);
        } else if (word.startsWith("end")) {
            open.computeIfPresent(word.substring(3), (outer, depth) -> depth == 1 ? null : depth - 1);
        }
        hasParent |= word.equals("extends");
        Matcher named = NAMED.matcher(text).region(end, text.length());
        if (NAMING.contains(word) && named.lookingAt()) {
            references.add(new Scan.Reference(named.group(2), named.start(1), named.end()));
        }
        skipExpression("%}");
    }

    private void readBlock(Matcher tag) {
        int headEnd = Nesting.indexOf("%}", text, tag.end());
        Matcher end = BLOCK_END.matcher(text);
        hasEnds = hasEnds && end.find(headEnd < 0 ? tag.end() : headEnd);
        at = hasEnds ? end.end() : headEnd < 0 ? text.length() : headEnd;
        if (headEnd < 0) {
            String message = "this tag is not closed, or a quote or bracket in it stays open";
            wrong(ProblemCode.BLOCK_END, tag.start(), message, "close what is open, and then the tag with %}");
        } else if (!hasEnds) {
            wrong(ProblemCode.BLOCK_END, tag.start(), "this block has no end", "put {% endreedact %} behind it");
        } else {
            BlockTag block = block(tag, headEnd, end);
            checkPlace(block, end);
            blocks.add(block);
        }
    }

    private BlockTag block(Matcher tag, int headEnd, Matcher end) {
        int trim = headEnd > tag.end() && text.charAt(headEnd - 1) == '-' ? 1 : 0;
        HeadParser head = new HeadParser(template, tag.end(), headEnd - trim, problems);
        head.parse();
        return new BlockTag(
                tag.start(),
                end.end(),
                !tag.group(1).isEmpty(),
                !end.group(2).isEmpty(),
                head.language,
                head.raw,
                head.name,
                head.inputs,
                head.options,
                headEnd + 2,
                end.start());
    }

    private void checkPlace(BlockTag block, Matcher end) {
        Word name = block.name();
        String closing = end.group(1);
        if (!closing.isEmpty() && (name == null || !closing.equals(name.text()))) {
            String opened = name == null ? "a block without a name" : "the block '" + name.text() + "'";
            wrong(ProblemCode.BLOCK_END, end.start(1), "'" + closing + "' ends " + opened, "give both the same name");
        }
        CLOSED.stream().filter(open::containsKey).findFirst().ifPresent(outer -> {
            String message = "a block can't be in a " + outer;
            wrong(ProblemCode.BLOCK_MISPLACED, block.start(), message, "put it in front, and hand its result in");
        });
        if (hasParent && name == null && !open.containsKey("block")) {
            String message =
                    "this block would print nothing: the template extends another, and is in none of its blocks";
            wrong(
                    ProblemCode.BLOCK_MISPLACED,
                    block.start(),
                    message,
                    "give it a name with 'as', or put it in a block");
        }
    }

    private void wrong(ProblemCode code, int offset, String message, String help) {
        Location place =
                template.between(offset, text.indexOf('}', offset) < 0 ? offset : text.indexOf('}', offset) + 1);
        problems.add(new Problem(code, message, place, help));
    }
}
