package io.reedact.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextTest {
    private static final SourceText TEXT =
            new SourceText("a.toml", "key = \"a \\\" b\" # c\r\n  list = [1.5, 'x y', true]\n[section]\n\nlast = 1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1 | key",
                "1 | 7 | \"a \\\" b\"",
                "2 | 3 | list",
                "2 | 10 | [",
                "2 | 11 | 1.5",
                "2 | 16 | 'x y'",
                "2 | 23 | true",
                "3 | 1 | [section]",
                "5 | 8 | 1",
            })
    void findsTheWordThatBeginsAtAPlace(int line, int column, String word) {
        assertThat(TEXT.word(line, column)).isEqualTo(word);
        assertThat(TEXT.at(line, column).length()).isEqualTo(word.length());
    }

    @Test
    void knowsItsLinesWithoutTheirEnds() {
        assertThat(TEXT.line(1)).isEqualTo("key = \"a \\\" b\" # c");
        assertThat(TEXT.line(3)).isEqualTo("[section]");
        assertThat(TEXT.line(4)).isEmpty();
        assertThat(TEXT.line(5)).isEqualTo("last = 1");
        assertThat(TEXT.line(6)).isEmpty();
    }

    @Test
    void staysInsideWhateverIsAsked() {
        Location behind = TEXT.at(5, 400);
        assertThat(behind.length()).isEqualTo(1);
        assertThat(new Problem(ProblemCode.UNKNOWN_KEY, "x", behind, null).render())
                .contains("last = 1");
        assertThat(TEXT.at(90, 1).sourceLine()).isEmpty();
        assertThat(new SourceText("e", "").at(1, 1).length()).isEqualTo(1);
        assertThat(new SourceText("e", "\"open").word(1, 1)).isEqualTo("\"open");
    }
}
