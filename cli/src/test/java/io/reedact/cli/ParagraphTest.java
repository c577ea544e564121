package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void breaksLinesBetweenWords() {
        assertThat(Paragraph.wrapped("one two three", 8)).isEqualTo("one two\nthree\n");
        assertThat(Paragraph.wrapped("one two three", 7)).isEqualTo("one two\nthree\n");
        assertThat(Paragraph.wrapped("one two three", 13)).isEqualTo("one two three\n");
    }

    @Test
    void keepsAWordThatIsLongerThanALine() {
        assertThat(Paragraph.wrapped("a verylongword b", 6)).isEqualTo("a\nverylongword\nb\n");
    }

    @Test
    void indentsEveryLineButTheFirst() {
        assertThat(Paragraph.wrapped("name one two three", 10, 5)).isEqualTo("name one\n     two\n     three\n");
    }
}
