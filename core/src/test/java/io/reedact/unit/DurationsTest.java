package io.reedact.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"1ms, 1", "500ms, 500", "2s, 2000", "1.5s, 1500", "1m, 60000", "0.5h, 1800000", "24h, 86400000"})
    void readsANumberWithAUnit(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0s | must be more than zero, found \"0s\"",
                "-1s | must not be negative, found \"-1s\"",
                "30 | needs a unit (ms, s, m or h), found \"30\"",
                "10 parsecs | wants a duration such as \"2s\"; 'parsecs' is none of its units (ms, s, m or h)",
                "2S | wants a duration such as \"2s\"; 'S' is none of its units (ms, s, m or h)",
                "0.5ms | is no whole number of ms: \"0.5ms\"",
                "9999999999999h | is too large: \"9999999999999h\"",
                "99999999999999999999s | is too large: \"99999999999999999999s\"",
                "soon | wants a duration such as \"2s\", found \"soon\"",
            })
    void refusesWhatIsNoDurationAndSaysWhy(String text, String why) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @Test
    void keepsNanosecondsWithin63Bits() {
        assertThat(Durations.parse("2562047h").toNanos()).isPositive();
        assertThatThrownBy(() -> Durations.parse("2562048h")).hasMessage("is too large: \"2562048h\"");
    }

    @ParameterizedTest
    @CsvSource({"1, 1ms", "1500, 1500ms", "2000, 2s", "60000, 1m", "90000, 90s", "3600000, 1h", "0, 0ms"})
    void isShownWithTheLargestUnitThatFits(long millis, String text) {
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
