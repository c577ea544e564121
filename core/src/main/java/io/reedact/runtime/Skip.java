package io.reedact.runtime;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One kind of string or comment of a language, in which nothing is bound; a runtime's descriptor lists them under
 * {@code [lexical]}. They are for telling an author early, and safety never hangs on them.
 *
 * @param open what it begins with
 * @param close a regular expression for what ends it, in which {@code \1} stands for the text of {@code open}'s first group
 * @param escape a text that takes from the character behind it the power to end anything; null if there is none
 * @param oneLine whether it ends at the end of its line at the latest
 */
public record Skip(Pattern open, String close, @Nullable String escape, boolean oneLine) {
    private static final Pattern ESCAPED = Pattern.compile("\\\\.", Pattern.DOTALL);
    private static final String FIRST_GROUP = "\\1";
    private static final String END = "end";

    /** Refuses, as an IllegalArgumentException, what could not be used later. */
    public Skip {
        Matcher opening = open.matcher("");
        if (opening.matches()) {
            throw new IllegalArgumentException("follows an 'open' that an empty text matches");
        }
        if (close.contains(FIRST_GROUP) && opening.groupCount() == 0) {
            throw new IllegalArgumentException("has a \\1, and 'open' has no group");
        }
        Pattern.compile(closing(close, ""));
    }

    /** Where a region ends that began so: behind what closes it, before the end of its line, or with the text. */
    int end(String text, MatchResult opened) {
        Matcher next = stops(opened).matcher(text);
        for (int at = opened.end(); next.find(at); at = next.end()) {
            if (next.start(END) >= 0) {
                return next.end();
            }
        }
        return text.length();
    }

    /** What has to be looked at on the way: whatever is escaped, and the end. */
    private Pattern stops(MatchResult opened) {
        String closing = close.contains(FIRST_GROUP) ? closing(close, opened.group(1)) : close;
        String end = "(?<" + END + ">" + closing + (oneLine ? "|(?=[\\r\\n])" : "") + ")";
        return Pattern.compile(escape == null ? end : Pattern.quote(escape) + "(?s:\\r\\n|.)|" + end);
    }

    private static String closing(String close, String group) {
        return ESCAPED.matcher(close)
                .replaceAll(escaped -> Matcher.quoteReplacement(
                        escaped.group().equals(FIRST_GROUP) ? Pattern.quote(group) : escaped.group()));
    }
}
