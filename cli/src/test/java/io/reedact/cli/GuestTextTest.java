package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuestTextTest {
    @Test
    void escapesWhatCouldMoveACursorOrHideText() {
        assertThat(GuestText.escaped("a\033[2Jb\rc\bd\177e\u009bf")).isEqualTo("a\\x1b[2Jb\\x0dc\\x08d\\x7fe\\x9bf");
        assertThat(GuestText.escaped("x\u202ey\u2066z")).isEqualTo("x\\u{202e}y\\u{2066}z");
    }

    @Test
    void leavesOrdinaryTextOfAnyScriptAlone() {
        String text = "tab\tline\n Grüße, 日本語, 🍵 שלום";
        assertThat(GuestText.escaped(text)).isEqualTo(text);
    }

    @Test
    void escapesJsonSoThatItStaysJson() {
        assertThat(GuestText.escapedJson("\"\u009b31m\"")).isEqualTo("\"\\u009b31m\"");
    }
}
