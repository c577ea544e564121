package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {
    private final RecordedTerminal terminal = RecordedTerminal.unwatched();

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "-h", "help"})
    void showsExamplesBeforeAnythingElse(String word) {
        int status = word.isEmpty() ? terminal.run() : terminal.run(word);
        assertThat(status).isZero();
        assertThat(terminal.out()).contains("Examples:\n  reedact run -l python -c 'return sum(prices)'");
        assertThat(terminal.out().indexOf("Examples:"))
                .isLessThan(terminal.out().indexOf("Commands:"));
    }

    @ParameterizedTest
    @EnumSource(Commands.class)
    void everyCommandHasHelpThatShowsExamplesFirst(Commands command) {
        assertThat(terminal.run(command.word(), "--help")).isZero();
        assertThat(terminal.out()).contains("Examples:\n  reedact " + command.word());
        assertThat(terminal.out().indexOf("Examples:"))
                .isLessThan(terminal.out().indexOf("Usage:"))
                .isLessThan(terminal.out().indexOf("Flags:"));
    }

    @Test
    void everyLineOfHelpFitsATerminal() {
        terminal.run();
        for (Commands command : Commands.values()) {
            terminal.run("help", command.word());
        }
        assertThat(terminal.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void guessesWhichCommandWasMeant() {
        assertThat(terminal.run("rnu")).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .startsWith("error[CLI-001]: unknown command 'rnu'\n")
                .contains("did you mean 'run'?");
    }

    @Test
    void saysTheVersion() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).startsWith("reedact ");
    }

    @Test
    void refusesInJsonWhereJsonIsWantedAndSaysNothingElse() {
        assertThat(terminal.run("languages", "--json", "--jsno")).isEqualTo(2);
        assertThat(terminal.out())
                .startsWith(
                        "{\"outcome\":\"refused\",\"problem\":{\"code\":\"CLI-001\",\"message\":\"unknown flag '--jsno'\","
                                + "\"file\":null,\"line\":null,\"column\":null,\"help\":\"did you mean '--json'?\"},\"problems\":[{")
                .endsWith("}\n");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void aProgramsOwnArgumentsAreNoneOfOurs() {
        assertThat(terminal.run("languages", "--jsno", "--", "--json")).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void explainsACodeInAnyCase() {
        assertThat(terminal.run("explain", "pol-012")).isZero();
        assertThat(terminal.out()).startsWith("POL-012: unknown key\n").contains("What to do: ");
    }

    @Test
    void explainsInJsonToo() {
        assertThat(terminal.run("explain", "--json", "POL-012")).isZero();
        assertThat(terminal.out())
                .startsWith("{\"code\":\"POL-012\",\"message\":\"unknown key\",\"cause\":")
                .endsWith("\"exitStatus\":2}\n");
    }

    @Test
    void guessesWhichCodeWasMeant() {
        assertThat(terminal.run("explain", "POL-999")).isEqualTo(2);
        assertThat(terminal.err()).contains("unknown code 'POL-999'");
    }
}
