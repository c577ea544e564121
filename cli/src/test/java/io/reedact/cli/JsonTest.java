package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void escapesHalfOfASurrogatePairAndKeepsWholeOnes() {
        assertThat(Json.line(out -> out.writeString("\ud83c\udf75 \ud800 \udc00")))
                .isEqualTo("\"\ud83c\udf75 \\ud800 \\udc00\"\n");
    }

    @Test
    void writesWhatIsAbsentAsNull() {
        assertThat(Json.line(out -> {
                    out.writeStartObject();
                    Json.text(out, "file", null);
                    Json.number(out, "line", null);
                    out.writeEndObject();
                }))
                .isEqualTo("{\"file\":null,\"line\":null}\n");
    }
}
