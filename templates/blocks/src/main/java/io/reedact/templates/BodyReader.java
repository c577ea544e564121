package io.reedact.templates;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.runtime.LanguageRuntime;
import io.reedact.runtime.LexicalRegions;
import io.reedact.runtime.LexicalRegions.Region;
import io.reedact.templates.PreparedBlock.Hole;
import io.reedact.templates.PreparedTemplate.Slot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the body of a block: puts a name in place of each hole, takes off common indentation where the language minds it.
 * Every line keeps its number. Where the language has its texts and comments is known by patterns only: what they get wrong
 * makes a message worse, and nothing unsafe, since a hole is never more than a name.
 */
final class BodyReader {
    private static final String NAME = "reedact_";
    private static final Pattern NUMBERED = Pattern.compile(NAME + "([0-9]{1,9})");
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String RAW = "or write 'raw' in the tag if the braces mean themselves";
    private static final String WAYS_OUT = "hand it in (with … as NAME), assign it to a variable first, " + RAW;

    private final TemplateText template;
    private final BlockTag tag;
    private final LanguageRuntime runtime;
    private final List<Problem> problems;
    private final String body;
    private final StringBuilder code = new StringBuilder();
    private final List<Hole> holes = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final LexicalRegions lexical;
    private final List<Region> regions = new ArrayList<>();
    private final Set<Integer> takenNumbers = new HashSet<>();
    private int taken;

    /** How far texts and comments are known. */
    private int lexed;

    BodyReader(TemplateText template, BlockTag tag, LanguageRuntime runtime, List<Problem> problems) {
        this.template = template;
        this.tag = tag;
        this.runtime = runtime;
        this.problems = problems;
        this.body = template.text().substring(tag.bodyStart(), tag.bodyEnd());
        this.lexical = LexicalRegions.in(body, runtime.skips());
        tag.inputs().forEach(input -> take(input.name()));
        take(body);
    }

    Body read() {
        int at = tag.raw() ? body.length() : 0;
        int copied = 0;
        for (int hole = body.indexOf(OPEN, at); hole >= 0 && isWorthwhile(); hole = body.indexOf(OPEN, at)) {
            if (isInRegion(hole)) {
                at = refuse(hole);
                continue;
            }
            code.append(body, copied, hole);
            at = readHole(hole);
            copied = at;
        }
        code.append(body, copied, body.length());
        var unused = isInRegion(body.length());
        return body(runtime.isIndentationSignificant() ? Indentation.without(code, heldLines()) : code.toString());
    }

    private Body body(String text) {
        int blank = 0;
        int line = template.line(tag.bodyStart());
        for (int i = 0; i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
            if (text.charAt(i) == '\n') {
                blank = i + 1;
                line++;
            }
        }
        return new Body(text.substring(blank).stripTrailing(), line, holes, slots);
    }

    private boolean isWorthwhile() {
        return problems.size() < Scan.MOST_PROBLEMS;
    }

    /** Offsets may not go back. Nothing behind this one is looked at: it may be a hole's, and quotes in it are the engine's. */
    private boolean isInRegion(int offset) {
        while (lexed <= offset) {
            Region next = lexical.next(lexed, offset);
            if (next == null) {
                return false;
            }
            regions.add(next);
            lexed = Math.max(next.end(), next.start() + 1);
        }
        return lexed > offset;
    }

    /** A hole in a text or a comment. Returns where to go on. */
    private int refuse(int start) {
        int close = body.indexOf(CLOSE, start);
        int lineEnd = body.indexOf('\n', start);
        int end = close < 0 || (lineEnd >= 0 && close > lineEnd) ? start + 2 : close + 2;
        wrong(start, end, "a hole can't be in a text, comment or here-document", WAYS_OUT);
        return end;
    }

    /** Returns where the body goes on. */
    private int readHole(int start) {
        int end = Nesting.indexOf(CLOSE, body, start + 2);
        if (end < 0) {
            wrong(start, start + 2, "this hole is not closed", "close it with }}, " + RAW);
            return body.length();
        }
        String expression = body.substring(start + 2, end).strip();
        if (expression.isEmpty()) {
            wrong(start, end + 2, "this hole is empty", "write an expression in it, " + RAW);
        } else if (expression.indexOf('\n') >= 0 || expression.indexOf('\r') >= 0) {
            wrong(start, start + 2, "a hole has to be on one line", "hand it in (with … as NAME), " + RAW);
        } else if (!Nesting.isWhole(expression)) {
            wrong(start, end + 2, "a bracket or quote in this hole has no other half", RAW.substring(3));
        } else {
            addHole(start, end, expression);
        }
        lexed = end + 2;
        return end + 2;
    }

    private void addHole(int start, int end, String expression) {
        String name = freeName();
        String spelling = runtime.hole(name).orElse(null);
        if (spelling == null) {
            wrong(start, end + 2, runtime.name() + " has no holes", "hand it in: with … as NAME");
            return;
        }
        code.append(separator(code.length() == 0 ? ' ' : code.charAt(code.length() - 1)))
                .append(spelling)
                .append(separator(end + 2 < body.length() ? body.charAt(end + 2) : ' '));
        holes.add(new Hole(name, OPEN + " " + expression + " " + CLOSE));
        int offset = tag.bodyStart() + body.indexOf(expression, start + 2);
        slots.add(new Slot(name, expression, offset, HeadParser.isVariable(expression)));
    }

    /** Beside a letter a name would run into the word. */
    private static String separator(char beside) {
        return Character.isLetterOrDigit(beside) || beside == '_' ? " " : "";
    }

    /** A name that the body doesn't hold: counted and not random, so that the same block is the same code each time. */
    private String freeName() {
        String name;
        do {
            name = NAME + ++taken;
        } while (takenNumbers.contains(taken));
        return name;
    }

    /** What begins like a name in this text: all of them at once, since there may be as many holes. */
    private void take(String text) {
        Matcher number = NUMBERED.matcher(text);
        while (number.find()) {
            for (int end = number.start(1) + 1; end <= number.end(1); end++) {
                takenNumbers.add(Integer.valueOf(text.substring(number.start(1), end)));
            }
        }
    }

    /** Lines that begin inside a text or comment, from 0. */
    private BitSet heldLines() {
        BitSet held = new BitSet();
        int line = 0;
        int at = 0;
        for (Region region : regions) {
            for (; at < region.end() - 1; at++) {
                if (body.charAt(at) == '\n') {
                    line++;
                    held.set(line, at >= region.start());
                }
            }
        }
        return held;
    }

    private void wrong(int start, int end, String message, String help) {
        Location place = template.between(tag.bodyStart() + start, tag.bodyStart() + end);
        problems.add(new Problem(ProblemCode.BLOCK_HOLE, message, place, help));
    }
}
