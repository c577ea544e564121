package io.reedact.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Finds the strings and comments of a text, by what a runtime's descriptor says about its language. For one thread. */
public final class LexicalRegions {
    private final List<Opening> openings;

    private LexicalRegions(String text, List<Skip> skips) {
        openings = skips.stream().map(skip -> new Opening(skip, text)).toList();
    }

    /** Those of a text, to be asked for one after the other. */
    public static LexicalRegions in(String text, List<Skip> skips) {
        return new LexicalRegions(text, skips);
    }

    /**
     * A string or comment, with what opens and what closes it.
     *
     * @param start of its first character
     * @param end behind its last one
     */
    public record Region(int start, int end) {}

    /** The strings and comments in their order, apart from each other; one that is never closed reaches the text's end. */
    public static List<Region> of(String text, List<Skip> skips) {
        LexicalRegions all = in(text, skips);
        List<Region> regions = new ArrayList<>();
        int at = 0;
        for (Region next = all.next(at, text.length()); next != null; next = all.next(at, text.length())) {
            regions.add(next);
            at = Math.max(next.end(), next.start() + 1);
        }
        return regions;
    }

    /**
     * The first that begins at an offset or behind it; null if none does before another one. What begins in what was left out is
     * none.
     *
     * @param from not less than in the call before
     * @param before where nothing is looked at any more
     */
    public @Nullable Region next(int from, int before) {
        Opening first = first(from);
        return first == null || first.start() >= before ? null : first.region();
    }

    /** The next opening; of several at one place the one that is listed first. */
    private @Nullable Opening first(int from) {
        Opening first = null;
        for (Opening opening : openings) {
            if (opening.isFound(from) && (first == null || opening.start() < first.start())) {
                first = opening;
            }
        }
        return first;
    }

    /** The next place where one kind of region may begin. It is looked for again only once we are past it. */
    private static final class Opening {
        private final Skip skip;
        private final String text;
        private final Matcher matcher;
        private boolean found;

        Opening(Skip skip, String text) {
            this.skip = skip;
            this.text = text;
            matcher = skip.open().matcher(text);
            found = matcher.find();
        }

        boolean isFound(int from) {
            while (found && matcher.start() < from) {
                found = from <= text.length() && matcher.find(from);
            }
            return found;
        }

        int start() {
            return matcher.start();
        }

        Region region() {
            return new Region(matcher.start(), skip.end(text, matcher));
        }
    }
}
