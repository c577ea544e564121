package io.reedact.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.GuestError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueDocumentTest {
    private static ValueDocument read(String json) {
        return ValueDocument.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothingIsNoValueAndNoError() {
        assertThat(read("")).isEqualTo(new ValueDocument(false, null, null));
    }

    @Test
    void aValueMayBeNull() {
        assertThat(read("{\"value\":null}")).isEqualTo(new ValueDocument(true, null, null));
        assertThat(read("{\"value\":[1,{\"$number\":\"NaN\"}]}").value()).isEqualTo(List.of(1L, Double.NaN));
    }

    @Test
    void anErrorNeedNotSayEverything() {
        assertThat(read("{\"error\":{}}").error()).isEqualTo(new GuestError("Error", "", null, 0, "", null));
        assertThat(read("{\"error\":{\"type\":\"E\",\"message\":\"m\",\"file\":\"f\",\"line\":3,\"trace\":\"t\"}}")
                        .error())
                .isEqualTo(new GuestError("E", "m", "f", 3, "t", null));
        assertThat(read("{\"error\":{\"type\":1,\"message\":null,\"line\":-1,\"file\":[],\"trace\":{}}}")
                        .error())
                .isEqualTo(new GuestError("Error", "", null, 0, "", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "R",
                "null",
                "[]",
                "{}",
                "{\"value\":1,\"error\":{}}",
                "{\"limit\":\"memory\"}",
                "{\"value\":",
                "{\"error\":1}",
                "{\"value\":1}{\"value\":2}",
                "\0",
                "{\"value\":{\"a\":1,\"a\":2}}"
            })
    void whatIsNoDocumentIsTheGuestsError(String text) {
        ValueDocument document = read(text);
        assertThat(document.hasValue()).isFalse();
        assertThat(document.error().type()).isEqualTo("InvalidValue");
    }
}
