package io.reedact.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one rule of syscalls.toml, such as {@code report EPERM where 1 & S_IFMT is S_IFCHR or S_IFBLK}. The head of that
 * file has the grammar.
 */
final class SyscallRuleParser {
    /** Arguments are of 32 bits: the kernel looks at no more of an int, but a guest can set the rest. */
    private static final long INT = 0xffff_ffffL;

    /** The same numbers on every architecture that jails run on. */
    private static final Map<String, Integer> ERRNOS = Map.of(
            "EPERM", 1,
            "ENOENT", 2,
            "ENOMEM", 12,
            "EACCES", 13,
            "EINVAL", 22,
            "ENOSYS", 38,
            "ESOCKTNOSUPPORT", 94,
            "EOPNOTSUPP", 95,
            "EAFNOSUPPORT", 97);

    private final ArgumentNames names;
    private final Deque<String> words = new ArrayDeque<>();

    private SyscallRuleParser(String rule, ArgumentNames names) {
        this.names = names;
        for (int start = 0; start < rule.length(); ) {
            int space = rule.indexOf(' ', start);
            int end = space < 0 ? rule.length() : space;
            if (end > start) {
                words.add(rule.substring(start, end));
            }
            start = end + 1;
        }
    }

    /**
     * The rule that a text stands for.
     *
     * @throws IllegalArgumentException if it is none; the message says what was wanted
     */
    static SyscallBranch parse(String rule, ArgumentNames names) {
        SyscallRuleParser parser = new SyscallRuleParser(rule, names);
        SyscallBranch branch = parser.branch();
        if (!parser.words.isEmpty()) {
            throw new IllegalArgumentException("nothing can follow, found '" + parser.words.peek() + "'");
        }
        return branch;
    }

    private SyscallBranch branch() {
        String verb = next("an action");
        Action action = switch (verb) {
            case "allow" -> Action.ALLOW;
            case "report" -> Action.REPORT;
            case "refuse", "ignore" -> Action.REFUSE;
            default -> throw new IllegalArgumentException("'" + verb + "' is no action");
        };
        int errno = verb.equals("report") || verb.equals("refuse") ? errno() : 0;
        String without = takeIf("without") ? next("a group") : null;
        return new SyscallBranch(action, errno, without, takeIf("where") ? tests() : List.of(List.of()));
    }

    private int errno() {
        String name = next("an error");
        Integer number = ERRNOS.get(name);
        if (number == null) {
            throw new IllegalArgumentException("unknown error '" + name + "'");
        }
        return number;
    }

    /** All combinations: "a is 1 or 2, and b is 3" is {a is 1, b is 3} or {a is 2, b is 3}. */
    private List<List<Condition>> tests() {
        List<List<Condition>> combined = List.of(List.of());
        do {
            List<List<Condition>> longer = new ArrayList<>();
            for (Condition condition : test()) {
                for (List<Condition> before : combined) {
                    List<Condition> list = new ArrayList<>(before);
                    list.add(condition);
                    longer.add(list);
                }
            }
            combined = longer;
        } while (takeIf("and"));
        return combined;
    }

    private List<Condition> test() {
        int argument = Math.toIntExact(number(next("an argument")));
        long mask = takeIf("&") ? number(next("a mask")) : INT;
        if (takeIf("has")) {
            boolean none = takeIf("no");
            return List.of(new Condition(argument, none, flags(next("flags")), 0));
        }
        if (!takeIf("is")) {
            throw new IllegalArgumentException("wants 'is' or 'has' after argument " + argument);
        }
        if (takeIf("not")) {
            return List.of(new Condition(argument, false, mask, number(next("a value"))));
        }
        List<Condition> values = new ArrayList<>();
        do {
            values.add(new Condition(argument, true, mask, number(next("a value"))));
        } while (takeIf("or"));
        return values;
    }

    private long flags(String text) {
        long bits = 0;
        for (int start = 0; start <= text.length(); ) {
            int bar = text.indexOf('|', start);
            int end = bar < 0 ? text.length() : bar;
            bits |= number(text.substring(start, end));
            start = end + 1;
        }
        return bits;
    }

    private long number(String word) {
        Long number = names.number(word);
        if (number == null) {
            throw new IllegalArgumentException("'" + word + "' is neither a number nor a word of [names]");
        }
        return number;
    }

    private boolean takeIf(String word) {
        boolean found = word.equals(words.peek());
        if (found) {
            words.remove();
        }
        return found;
    }

    private String next(String wanted) {
        @Nullable String word = words.poll();
        if (word == null) {
            throw new IllegalArgumentException("ends where " + wanted + " is wanted");
        }
        return word;
    }
}
