package io.reedact.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what somebody may have meant. */
public final class Suggestions {
    private Suggestions() {}

    /**
     * The known word that is nearest to a misspelt one; empty if none is near enough to be worth a guess. Case does not
     * count; of equally near words the first one wins.
     */
    public static Optional<String> closest(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        // A third of the letters may be wrong. More, and the guess says more about us than about the writer.
        int best = Math.max(1, wanted.length() / 3) + 1;
        String found = null;
        for (String candidate : known) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < best) {
                best = distance;
                found = candidate;
            }
        }
        return Optional.ofNullable(found);
    }

    /** {@code did you mean 'x'?}, or null where there is no good guess. */
    public static @Nullable String didYouMean(String word, Collection<String> known) {
        return closest(word, known).map(name -> "did you mean '" + name + "'?").orElse(null);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                int best = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                steps[i][j] = areSwapped(from, i, to, j) ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
            }
        }
        return steps[from.length()][to.length()];
    }

    /** Whether the two letters before these places are the same ones, the other way round. */
    private static boolean areSwapped(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
