package io.reedact.templates;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.Suggestions;
import io.reedact.templates.BlockTag.Input;
import io.reedact.templates.BlockTag.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a block: what stands between {@code reedact} and the end of its tag. docs/templates.md has the grammar.
 * What is wrong is added to the problems, all of it in one pass.
 */
final class HeadParser {
    static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
    static final List<String> OPTIONS = List.of("policy", "timeout", "memory", "cpu", "fallback");

    /** Names that mean a value to engines, and no variable. */
    private static final Set<String> VALUES = Set.of("true", "false", "null", "none");

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.+#-]*");
    private static final Pattern OPTION = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*+)\\s*+=(?!=)");
    private static final Pattern NAMED = Pattern.compile("(?s)(.*\\S)\\s+as\\s+(" + NAME + ")");
    private static final Pattern WORD = Pattern.compile("\\S+");

    private final TemplateText template;
    private final List<Problem> problems;
    private final String text;
    private final int end;
    private final Set<String> inputNames = new HashSet<>();
    private int at;

    Word language = new Word("", 0);
    boolean raw;

    @Nullable
    Word name;

    final List<Input> inputs = new ArrayList<>();
    final Map<String, Word> options = new LinkedHashMap<>();

    HeadParser(TemplateText template, int start, int end, List<Problem> problems) {
        this.template = template;
        this.problems = problems;
        this.text = template.text();
        this.at = start;
        this.end = end;
    }

    /** Whether an expression is no more than the name of a variable. */
    static boolean isVariable(String expression) {
        return expression.matches(NAME) && !VALUES.contains(expression.toLowerCase(Locale.ROOT));
    }

    /** Reads all of it. */
    void parse() {
        Word first = take(LANGUAGE);
        if (first == null) {
            wrong(at, at + 1, "a language was wanted here", "write {% reedact python as NAME %}");
            return;
        }
        language = first;
        if (takeWord("via")) {
            parseMapForm(first);
        } else {
            raw = takeWord("raw");
            if (takeWord("as")) {
                name = take(Pattern.compile(NAME));
                if (name == null) {
                    wrong(
                            at,
                            wordEnd(),
                            "a name was wanted behind 'as'",
                            "letters, digits and _, without a digit first");
                }
            }
        }
        if (name != null && !isVariable(name.text())) {
            wrong(name.offset(), name.end(), "'" + name.text() + "' can't be the name of a variable", null);
        }
        if (takeWord("with")) {
            parseInputs();
        }
        parseOptions();
    }

    /** reedACT's own form: {@code NAME via map | LANGUAGE}. */
    private void parseMapForm(Word first) {
        name = first;
        boolean isMap = takeText("map") && takeText("|");
        Word found = isMap ? take(LANGUAGE) : null;
        if (found == null) {
            wrong(first.offset(), first.end(), "this form of a block is NAME via map | LANGUAGE", null);
            at = end;
            return;
        }
        language = found;
        raw = takeWord("raw");
    }

    private void parseInputs() {
        do {
            skipSpace();
            int start = at;
            at = endOfInput(start);
            addInput(start, trimmed(start, at));
        } while (takeText(",") && problems.size() < Scan.MOST_PROBLEMS);
    }

    private void addInput(int start, String written) {
        Matcher named = NAMED.matcher(written);
        if (isVariable(written)) {
            addInput(new Input(written, new Word(written, start)));
        } else if (named.matches()) {
            addInput(new Input(named.group(2), new Word(named.group(1), start)));
        } else if (written.isEmpty()) {
            wrong(start, start + 1, "an input was wanted here", "with orders, or with shop.orders as orders");
        } else {
            wrong(start, start + written.length(), "this input has no name", "write " + written + " as NAME");
        }
    }

    private void addInput(Input input) {
        Word place = input.expression();
        if (!Nesting.isWhole(place.text())) {
            wrong(place.offset(), place.end(), "a bracket or quote of this input has no other half", null);
        }
        if (!inputNames.add(input.name())) {
            wrong(place.offset(), place.end(), "there is an input '" + input.name() + "' already", null);
        }
        inputs.add(input);
    }

    /** An input ends at a comma or before an option, both outside its quotes and brackets. */
    private int endOfInput(int start) {
        Matcher option = OPTION.matcher(text);
        int stop = Nesting.first(
                i -> text.charAt(i) == ','
                        || (i > start
                                && Character.isWhitespace(text.charAt(i - 1))
                                && option.region(i, end).lookingAt()),
                text,
                start,
                end);
        return stop < 0 ? end : stop;
    }

    private void parseOptions() {
        for (skipSpace(); at < end; skipSpace()) {
            Matcher option = OPTION.matcher(text).region(at, end);
            if (!option.lookingAt()) {
                wrong(at, wordEnd(), "'" + text.substring(at, wordEnd()) + "' has no meaning here", help());
                return;
            }
            Word key = new Word(option.group(1), at);
            at = option.end();
            skipSpace();
            int start = at;
            at = endOfValue(start);
            addOption(key, new Word(text.substring(start, at), start));
        }
    }

    private String help() {
        String misplaced = text.substring(at, wordEnd());
        String guess = Suggestions.didYouMean(misplaced, List.of("raw", "as", "with", "via"));
        return guess != null ? guess : "the order is LANGUAGE raw as NAME with INPUTS, then options";
    }

    private void addOption(Word key, Word value) {
        if (!OPTIONS.contains(key.text())) {
            String guess = Suggestions.didYouMean(key.text(), OPTIONS);
            problems.add(new Problem(
                    ProblemCode.BLOCK_OPTION,
                    "unknown option '" + key.text() + "'",
                    template.at(key.offset()),
                    guess != null ? guess : "options are " + String.join(", ", OPTIONS)));
        } else if (options.putIfAbsent(key.text(), value) != null) {
            problems.add(new Problem(
                    ProblemCode.BLOCK_OPTION,
                    "the option '" + key.text() + "' is given twice",
                    template.at(key.offset()),
                    "remove one"));
        }
    }

    /** A value in quotes or brackets ends with them; another one at white space. */
    private int endOfValue(int start) {
        char first = start < end ? text.charAt(start) : ' ';
        if (first == '"' || first == '\'') {
            return Math.min(end, Nesting.endOfQuote(text, start) + 1);
        }
        int stop = start;
        while (stop < end && !Character.isWhitespace(text.charAt(stop))) {
            char c = text.charAt(stop);
            if (c == '[' || c == '{') {
                int close = Nesting.indexOf(c == '[' ? "]" : "}", text, stop + 1, end);
                stop = close < 0 ? end : close;
            }
            stop++;
        }
        return Math.min(stop, end);
    }

    private @Nullable Word take(Pattern pattern) {
        skipSpace();
        Matcher matcher = pattern.matcher(text).region(at, end);
        if (!matcher.lookingAt()) {
            return null;
        }
        Word word = new Word(matcher.group(), at);
        at = matcher.end();
        return word;
    }

    private boolean takeWord(String wanted) {
        skipSpace();
        return text.substring(at, wordEnd()).equals(wanted) && takeText(wanted);
    }

    private boolean takeText(String wanted) {
        skipSpace();
        boolean isThere = at + wanted.length() <= end && text.startsWith(wanted, at);
        at += isThere ? wanted.length() : 0;
        return isThere;
    }

    private int wordEnd() {
        Matcher word = WORD.matcher(text).region(at, end);
        return word.lookingAt() ? word.end() : Math.min(at + 1, end);
    }

    private void skipSpace() {
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String trimmed(int start, int stop) {
        return text.substring(start, stop).strip();
    }

    private void wrong(int start, int stop, String message, @Nullable String help) {
        problems.add(new Problem(ProblemCode.BLOCK_HEAD, message, template.between(start, stop), help));
    }
}
