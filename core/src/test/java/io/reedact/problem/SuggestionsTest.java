package io.reedact.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static final List<String> KNOWN = List.of("python", "php", "javascript", "network_access", "timeout");

    @ParameterizedTest
    @CsvSource({
        "pyhton, python",
        "Python, python",
        "pytho, python",
        "javascrpt, javascript",
        "netwrok_access, network_access",
        "network-access, network_access",
        "tiemout, timeout",
        "ph, php",
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(Suggestions.closest(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"ruby", "x", "''", "memory", "netzwerkzugang"})
    void doesNotGuessWildly(String word) {
        assertThat(Suggestions.closest(word, KNOWN)).isEmpty();
    }

    @Test
    void swappedNeighboursAreOneStep() {
        assertThat(Suggestions.distance("netwrok", "network")).isEqualTo(1);
        assertThat(Suggestions.distance("abc", "")).isEqualTo(3);
        assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void asksOrSaysNothing() {
        assertThat(Suggestions.didYouMean("phyton", KNOWN)).isEqualTo("did you mean 'python'?");
        assertThat(Suggestions.didYouMean("cobol", KNOWN)).isNull();
    }
}
