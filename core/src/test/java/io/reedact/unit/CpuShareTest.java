package io.reedact.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuShareTest {
    @ParameterizedTest
    @CsvSource({"0.5, 500", "1, 1000", "0.001, 1", "1.25, 1250", "1024, 1024000", "0.500, 500"})
    void readsANumberOfCores(String text, int thousandths) {
        assertThat(CpuShare.parse(text)).isEqualTo(new CpuShare(thousandths));
        assertThat(CpuShare.of(Double.parseDouble(text))).isEqualTo(new CpuShare(thousandths));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | wants a number of cores from 0.001 to 1024, found 0.0",
                "-1 | wants a number of cores from 0.001 to 1024, found -1.0",
                "1025 | wants a number of cores from 0.001 to 1024, found 1025.0",
                "0.0001 | wants a number of cores from 0.001 to 1024, found 1.0E-4",
                "0.5005 | wants at most three decimals, found 0.5005",
                "1e30 | wants a number of cores such as 0.5, found \"1e30\"",
                "NaN | wants a number of cores such as 0.5, found \"NaN\"",
                "0,5 | wants a number of cores such as 0.5, found \"0,5\"",
                ".5 | wants a number of cores such as 0.5, found \".5\"",
                "- | wants a number of cores such as 0.5, found \"-\"",
                "half | wants a number of cores such as 0.5, found \"half\"",
                "'' | wants a number of cores such as 0.5, found \"\"",
                "000000000000000000001 | wants a number of cores such as 0.5, found \"00000000000000000000…\"",
            })
    void refusesWhatIsNoShareAndSaysWhy(String text, String why) {
        assertThatThrownBy(() -> CpuShare.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.5, 0, 1e30})
    void refusesNumbersThatAreNoShare(double cores) {
        assertThatThrownBy(() -> CpuShare.of(cores)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesEveryThousandthAsADouble() {
        for (int thousandths = 1; thousandths <= 2000; thousandths++) {
            CpuShare share = new CpuShare(thousandths);
            assertThat(CpuShare.of(thousandths / 1000.0)).isEqualTo(share);
            assertThat(CpuShare.parse(share.toString())).isEqualTo(share);
        }
    }

    @ParameterizedTest
    @CsvSource({"500, 0.5", "1000, 1", "1250, 1.25", "1, 0.001", "10, 0.01", "10010, 10.01"})
    void isShownWithNoMoreDecimalsThanItNeeds(int thousandths, String text) {
        assertThat(new CpuShare(thousandths)).hasToString(text);
    }

    @Test
    void saysTheRangeWhenItIsLeft() {
        assertThatThrownBy(() -> new CpuShare(0)).hasMessage("wants a number of cores from 0.001 to 1024, found 0");
        assertThatThrownBy(() -> new CpuShare(-5))
                .hasMessage("wants a number of cores from 0.001 to 1024, found -0.005");
    }
}
