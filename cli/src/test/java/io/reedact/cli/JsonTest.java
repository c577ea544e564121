package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void halfOfASurrogatePairBecomesTheReplacementCharacterAndWholeOnesStay() {
        assertThat(Json.line(out -> {
                    out.writeStartObject();
                    Json.text(out, "text", "\ud83c\udf75 \ud800 \udc00");
                    out.writeEndObject();
                }))
                .isEqualTo("{\"text\":\"\ud83c\udf75 \ufffd \ufffd\"}\n");
    }

    @Test
    void writesWhatIsAbsentAsNull() {
        assertThat(Json.line(out -> {
                    out.writeStartObject();
                    Json.text(out, "file", null);
                    Json.number(out, "line", null);
                    Json.millis(out, "time", null);
                    out.writeEndObject();
                }))
                .isEqualTo("{\"file\":null,\"line\":null,\"time\":null}\n");
    }

    @Test
    void millisecondsHaveThreeDecimals() {
        assertThat(Json.millis(Duration.ofNanos(1_234_567))).isEqualTo(1.235);
    }
}
