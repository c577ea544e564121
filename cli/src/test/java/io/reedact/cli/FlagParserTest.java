package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.Problem;
import io.reedact.problem.RequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagParserTest {
    private static final Flags FLAGS = Flags.of("run")
            .operands()
            .value("LANG", "the language", "-l", "--language")
            .value("TIME", "the time", "--timeout")
            .value("CODE", "the code", "-c")
            .values("NAME=JSON", "an input", "--with")
            .toggle("json", "-j", "--json");

    private static Arguments parse(String... words) {
        return FlagParser.parse(FLAGS, List.of(words));
    }

    @ParameterizedTest
    @CsvSource({"-l python,", "-lpython,", "--language python,", "--language=python,", "-jlpython,", "-jl python,"})
    void takesAValueInEachFormThatUsersKnow(String line) {
        assertThat(parse(line.split(" ")).value("--language")).contains("python");
    }

    @Test
    void takesCodeThatBeginsWithADash() {
        assertThat(parse("-c", "-l").value("-c")).contains("-l");
        assertThat(parse("-c", "--json").has("--json")).isFalse();
    }

    @Test
    void keepsAnEqualsSignInAValue() {
        assertThat(parse("--with", "x=[1]", "--with=y=a=b").values("--with")).containsExactly("x=[1]", "y=a=b");
    }

    @Test
    void takesFlagsAndOperandsInAnyOrder() {
        Arguments arguments = parse("one", "--json", "two", "-");
        assertThat(arguments.operands()).containsExactly("one", "two", "-");
        assertThat(arguments.has("--json")).isTrue();
    }

    @Test
    void leavesEverythingBehindTwoDashesAlone() {
        Arguments arguments = parse("file", "--", "--json", "--", "-x");
        assertThat(arguments.rest()).containsExactly("--json", "--", "-x");
        assertThat(arguments.has("--json")).isFalse();
    }

    @Test
    void saysEverythingThatIsWrongAtOnceAndGuessesWhatWasMeant() {
        assertThatThrownBy(() -> parse("--timout", "--jsno", "--json=yes", "-l"))
                .isInstanceOfSatisfying(RequestException.class, e -> {
                    assertThat(e.problems())
                            .extracting(Problem::message)
                            .containsExactly(
                                    "unknown flag '--timout'",
                                    "unknown flag '--jsno'",
                                    "the flag --json takes no value",
                                    "the flag -l wants a value: -l LANG");
                    assertThat(e.problems().get(0).help()).isEqualTo("did you mean '--timeout'?");
                    assertThat(e.problems().get(1).help()).isEqualTo("did you mean '--json'?");
                });
    }

    @Test
    void refusesAFlagThatIsGivenTwiceButNotOneThatMayBe() {
        assertThatThrownBy(() -> parse("--timeout", "1s", "--timeout", "2s"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("the flag --timeout is given twice");
        assertThat(parse("--json", "--json").has("--json")).isTrue();
    }

    @Test
    void refusesOperandsWhereACommandTakesNone() {
        assertThatThrownBy(() -> FlagParser.parse(Flags.of("languages"), List.of("python")))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("unknown argument 'python'");
    }
}
