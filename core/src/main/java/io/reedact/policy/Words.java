package io.reedact.policy;

import io.reedact.problem.Suggestions;
import java.util.Collection;

/** Words of users: what they may have meant, and whether they can be shown. */
final class Words {
    private Words() {}

    /** Help for a misspelt word; where there is no good guess, all that there is. */
    static String didYouMean(String word, Collection<String> known) {
        String guess = Suggestions.didYouMean(word, known);
        return guess == null ? "there are: " + String.join(", ", known) : guess;
    }

    /** True if a text holds what is no character to look at: line ends, NUL, escapes. */
    static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
