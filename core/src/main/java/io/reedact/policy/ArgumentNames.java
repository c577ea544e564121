package io.reedact.policy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words for numbers in the arguments of system calls: AF_INET, CLONE_NEWUSER. Filled by whoever reads them, then only read. */
final class ArgumentNames {
    private static final long ALL_BITS = -1;

    private final Map<String, Words> tables = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();

    /** The words of one kind of argument: which bits they are about, and whether these are a set of flags. */
    record Words(long mask, boolean flags, Map<String, Long> words) {}

    void add(String table, @Nullable Long mask, boolean flags, Map<String, Long> words) {
        tables.put(table, new Words(mask == null ? ALL_BITS : mask, flags, new LinkedHashMap<>(words)));
        numbers.putAll(words);
    }

    boolean isTable(String name) {
        return tables.containsKey(name) || name.equals("number") || name.equals("-");
    }

    /** The number of a word, or that is written in decimal or with 0x; null if it is neither. */
    @Nullable
    Long number(String word) {
        Long named = numbers.get(word);
        if (named != null) {
            return named;
        }
        try {
            return Long.decode(word);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** An argument in words; empty where nothing is worth saying. */
    String describe(String table, long argument) {
        Words words = tables.get(table);
        if (words == null) {
            return argument == 0 ? "" : Long.toString((int) argument == argument ? argument : argument & 0xffff_ffffL);
        }
        long bits = argument & words.mask();
        return words.flags() ? flags(words, bits) : word(words, bits);
    }

    private static String word(Words words, long bits) {
        for (Map.Entry<String, Long> word : words.words().entrySet()) {
            if (word.getValue() == bits) {
                return word.getKey();
            }
        }
        return bits == 0 ? "" : Long.toString(bits);
    }

    private static String flags(Words words, long bits) {
        StringBuilder set = new StringBuilder();
        for (Map.Entry<String, Long> word : words.words().entrySet()) {
            if ((bits & word.getValue()) != 0) {
                set.append(set.length() == 0 ? "" : "|").append(word.getKey());
            }
        }
        return set.toString();
    }
}
