package io.reedact.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Finds the strings and comments of a text, by what a runtime's descriptor says about its language. */
public final class LexicalRegions {
    private LexicalRegions() {}

    /**
     * A string or comment, with what opens and what closes it.
     *
     * @param start of its first character
     * @param end behind its last one
     */
    public record Region(int start, int end) {}

    /** The strings and comments in their order, apart from each other; one that is never closed reaches the text's end. */
    public static List<Region> of(String text, List<Skip> skips) {
        List<Opening> openings =
                skips.stream().map(skip -> new Opening(skip, text)).toList();
        List<Region> regions = new ArrayList<>();
        int at = 0;
        for (Opening next = first(openings, at); next != null; next = first(openings, at)) {
            Region region = next.region();
            regions.add(region);
            at = Math.max(region.end(), region.start() + 1);
        }
        return regions;
    }

    /** The next opening; of several at one place the one that is listed first. */
    private static @Nullable Opening first(List<Opening> openings, int from) {
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
