package io.reedact.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static Problem at(Location location) {
        return new Problem(ProblemCode.UNKNOWN_KEY, "unknown key 'x'", location, null);
    }

    @Test
    void isShownWithItsLineAndACaretBelowThePlace() {
        SourceText file = new SourceText("shop.toml", "\n".repeat(8) + "netwrok_access = false\n");
        Problem problem = new Problem(
                ProblemCode.UNKNOWN_KEY,
                "unknown key 'netwrok_access'",
                file.at(9, 1),
                "did you mean 'network_access'?");
        assertThat(problem.render()).isEqualTo("""
            error[POL-012]: unknown key 'netwrok_access'
              --> shop.toml:9:1
               |
             9 | netwrok_access = false
               | ^^^^^^^^^^^^^^
               = help: did you mean 'network_access'?
            """);
    }

    @Test
    void makesRoomForLongLineNumbers() {
        assertThat(at(new Location("a.toml", 1234, 3, 2, "x = 1")).render()).isEqualTo("""
            error[POL-012]: unknown key 'x'
                 --> a.toml:1234:3
                  |
             1234 | x = 1
                  |   ^^
            """);
    }

    @Test
    void isShownWithoutALineWhereThereIsNone() {
        assertThat(Problem.of(ProblemCode.UNKNOWN_LANGUAGE, "unknown language 'pyhton'", "did you mean 'python'?")
                        .render())
                .isEqualTo("""
                    error[RUN-001]: unknown language 'pyhton'
                       = help: did you mean 'python'?
                    """);
        assertThat(at(Location.of("a.toml")).render()).isEqualTo("""
            error[POL-012]: unknown key 'x'
              --> a.toml
            """);
    }

    @Test
    void countsCharactersAndNotUnits() {
        String line = "\uD83D\uDE00 = oops";
        assertThat(at(new SourceText("a.toml", line).at(1, 5)).render()).endsWith("""
             1 | \uD83D\uDE00 = oops
               |     ^^^^
            """);
    }

    @Test
    void keepsCaretsBelowTheirPlaceAfterTabs() {
        assertThat(at(new Location("a.toml", 1, 2, 1, "\tx = 1")).render()).contains(" 1 |  x = 1\n   |  ^\n");
    }

    @Test
    void neverLetsAFileMoveTheCursorOrTurnALineAround() {
        Location location = new Location("\u001b[2Ja.toml", 1, 1, 1, "\u001b[31mred\u202Eder\u0007");
        Problem problem = new Problem(ProblemCode.UNKNOWN_KEY, "unknown key '\n\u001b'", location, "\u009b1m");
        String shown = problem.render();
        assertThat(shown.lines()).hasSize(6);
        assertThat(shown).doesNotContain("\u001b", "\u009b", "\u202E", "\u0007").contains("unknown key '\uFFFD\uFFFD'");
    }

    @Test
    void cutsALongLineAroundThePlace() {
        String line = "a".repeat(500) + "X" + "b".repeat(500);
        String shown = at(new Location("a.toml", 1, 501, 1, line)).render();
        List<String> lines = shown.lines().toList();
        assertThat(lines.get(3)).hasSizeLessThan(130);
        assertThat(lines.get(3).charAt(lines.get(4).indexOf('^'))).isEqualTo('X');
    }

    @Test
    void putsTheCaretBehindTheLineWhereSomethingIsMissingThere() {
        assertThat(at(new SourceText("a.toml", "[python").at(1, 8)).render()).contains(" 1 | [python\n   |        ^\n");
    }

    @Test
    void isOneLineForALog() {
        assertThat(at(new Location("a.toml", 3, 7, 1, "x"))).hasToString("a.toml:3:7: unknown key 'x' [POL-012]");
        assertThat(Problem.of(ProblemCode.CLOSED, "closed", null)).hasToString("closed [ENG-003]");
    }
}
