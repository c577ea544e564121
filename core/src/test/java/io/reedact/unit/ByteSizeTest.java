package io.reedact.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1B, 1",
        "64MiB, 67108864",
        "900KiB, 921600",
        "0.5GiB, 536870912",
        "1.5KiB, 1536",
        "2TiB, 2199023255552",
        "007B, 7",
    })
    void readsANumberWithAUnit(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0MiB | must be more than zero, found \"0MiB\"",
                "0.0B | must be more than zero, found \"0.0B\"",
                "-1MiB | must not be negative, found \"-1MiB\"",
                "64 | needs a unit (B, KiB, MiB, GiB or TiB), found \"64\"",
                "64MB | wants a size such as \"64MiB\"; 'MB' is none of its units (B, KiB, MiB, GiB or TiB)",
                "64mib | wants a size such as \"64MiB\"; 'mib' is none of its units (B, KiB, MiB, GiB or TiB)",
                "10 parsecs | wants a size such as \"64MiB\"; 'parsecs' is none of its units (B, KiB, MiB, GiB or TiB)",
                "1e30 | wants a size such as \"64MiB\"; 'e30' is none of its units (B, KiB, MiB, GiB or TiB)",
                "lots | wants a size such as \"64MiB\", found \"lots\"",
                "1.2.3MiB | wants a size such as \"64MiB\", found \"1.2.3MiB\"",
                ".5MiB | wants a size such as \"64MiB\", found \".5MiB\"",
                "5.MiB | wants a size such as \"64MiB\", found \"5.MiB\"",
                "0.3B | is no whole number of B: \"0.3B\"",
                "0.0001KiB | is no whole number of B: \"0.0001KiB\"",
                "9223372036854775808B | is too large: \"9223372036854775808B\"",
                "8388608TiB | is too large: \"8388608TiB\"",
                "0.00000000000000000001B | is too large: \"0.00000000000000000001B\"",
                "'' | wants a size such as \"64MiB\", found \"\"",
            })
    void refusesWhatIsNoSizeAndSaysWhy(String text, String why) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @Test
    void cutsLongNonsenseInItsMessage() {
        assertThatThrownBy(() -> ByteSize.parse("9".repeat(1000) + "MiB"))
                .hasMessage("wants a size such as \"64MiB\", found \"" + "9".repeat(40) + "…\"");
    }

    @ParameterizedTest
    @CsvSource({"1, 1B", "1024, 1KiB", "1536, 1536B", "67108864, 64MiB", "0, 0B", "1099511627776, 1TiB"})
    void isShownWithTheLargestUnitThatFits(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @Test
    void readsWhatItShows() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            ByteSize size = new ByteSize(1 + (random.nextLong() >>> (1 + random.nextInt(62))));
            assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
        }
    }

    @Test
    void isNeverNegative() {
        assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteSize.mebibytes(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void isOrderedByItsBytes() {
        assertThat(ByteSize.kibibytes(1025)).isGreaterThan(ByteSize.mebibytes(1));
        assertThat(ByteSize.kibibytes(1024)).isEqualByComparingTo(ByteSize.mebibytes(1));
    }
}
