package io.reedact.cli;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.problem.Suggestions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command line as its users expect: {@code --name value}, {@code --name=value}, {@code -n value},
 * {@code -nvalue}, {@code -abc}, flags and operands in any order, and nothing is a flag behind {@code --}. What follows
 * a flag that wants a value is its value, also if it begins with a dash, as code may. All that is wrong is said at once.
 */
final class FlagParser {
    private final Flags flags;
    private final Map<String, List<String>> found = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private FlagParser(Flags flags) {
        this.flags = flags;
    }

    /**
     * Reads the words behind a command's name.
     *
     * @throws RequestException with everything that is wrong with them
     */
    static Arguments parse(Flags flags, List<String> words) {
        FlagParser parser = new FlagParser(flags);
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--")) {
                break;
            }
            parser.take(word, rest);
        }
        List<String> behindDashes = new ArrayList<>();
        rest.forEachRemaining(behindDashes::add);
        if (!parser.problems.isEmpty()) {
            throw new RequestException(parser.problems);
        }
        return new Arguments(parser.found, parser.operands, behindDashes);
    }

    private void take(String word, Iterator<String> rest) {
        if (word.startsWith("--")) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            takeFlag(name, equals < 0 ? null : word.substring(equals + 1), rest);
        } else if (word.startsWith("-") && word.length() > 1) {
            takeShort(word, rest);
        } else if (flags.takesOperands()) {
            operands.add(word);
        } else {
            complain("unknown argument '" + word + "'", null);
        }
    }

    /** One dash: letters that are flags each, until one takes what follows as its value. */
    private void takeShort(String word, Iterator<String> rest) {
        for (int i = 1; i < word.length(); i++) {
            String name = "-" + word.charAt(i);
            String behind = word.substring(i + 1);
            boolean takesValue = flags.find(name).map(Flag::takesValue).orElse(false);
            if (flags.find(name).isEmpty()) {
                complain("unknown flag '" + (i == 1 ? word : name) + "'", guess(word));
                return;
            }
            takeFlag(name, takesValue && !behind.isEmpty() ? behind : null, rest);
            if (takesValue) {
                return;
            }
        }
    }

    private void takeFlag(String name, @Nullable String attached, Iterator<String> rest) {
        Flag flag = flags.find(name).orElse(null);
        if (flag == null) {
            complain("unknown flag '" + name + "'", guess(name));
        } else if (!flag.takesValue() && attached != null) {
            complain("the flag " + name + " takes no value", null);
        } else if (flag.takesValue() && attached == null && !rest.hasNext()) {
            complain("the flag " + name + " wants a value: " + name + " " + flag.label(), null);
        } else {
            String value = !flag.takesValue() ? "" : attached == null ? rest.next() : attached;
            keep(flag, value);
        }
    }

    private void keep(Flag flag, String value) {
        List<String> values = found.computeIfAbsent(flag.name(), name -> new ArrayList<>());
        if (!values.isEmpty() && flag.takesValue() && !flag.repeatable()) {
            complain("the flag " + flag.name() + " is given twice", null);
        }
        values.add(value);
    }

    private @Nullable String guess(String name) {
        return Suggestions.didYouMean(name, flags.names());
    }

    private void complain(String message, @Nullable String help) {
        String otherwise = "`reedact " + flags.command() + " --help` shows what it takes";
        problems.add(Problem.of(ProblemCode.CLI_USAGE, message, help == null ? otherwise : help));
    }
}
