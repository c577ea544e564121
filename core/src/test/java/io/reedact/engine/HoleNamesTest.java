package io.reedact.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Execution;
import io.reedact.execution.GuestError;
import io.reedact.runtime.LanguageRuntime;
import io.reedact.runtime.Runtimes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoleNamesTest {
    @TempDir
    Path folder;

    private String shown(String text, Execution.Hole... holes) {
        LanguageRuntime php = Runtimes.open(List.of(Path.of("../runtimes")), folder.resolve("cache"))
                .find("php");
        GuestError error =
                HoleNames.of(List.of(holes), php).shownIn(new GuestError("Error", text, "f", 3, "at\n" + text, "hint"));
        assertThat(error).isEqualTo(new GuestError("Error", error.message(), "f", 3, "at\n" + error.message(), "hint"));
        return error.message();
    }

    private static Execution.Hole hole(String name, String shown) {
        return new Execution.Hole(name, shown, null);
    }

    @Test
    void aNameAloneAndAsItIsSpelledAreShownAsTheAuthorWroteThem() {
        assertThat(shown("\\r_1 and \"r_1\", r_1", hole("r_1", "{{ $1 \\ }}")))
                .isEqualTo("{{ $1 \\ }} and \"{{ $1 \\ }}\", {{ $1 \\ }}");
    }

    @Test
    void aNameThatBeginsAnotherIsNotMixedUpWithIt() {
        assertThat(shown("r_1 r_10 \\r_10 r_100", hole("r_1", "{{ a }}"), hole("r_10", "{{ b }}")))
                .isEqualTo("{{ a }} {{ b }} {{ b }} r_100");
    }

    @Test
    void whatIsShownIsNotLookedThroughAgain() {
        assertThat(shown("r_1", hole("r_1", "{{ r_2 }}"), hole("r_2", "{{ r_1 }}")))
                .isEqualTo("{{ r_2 }}");
    }

    @Test
    void marksStayBelowWhatTheyMark() {
        Execution.Hole longer = hole("r_1", "{{ long }}");
        assertThat(shown("r_1 + \\r_1 + x\n      ^^^^ ~ ^\n", longer))
                .isEqualTo("{{ long }} + {{ long }} + x\n             ^^^^^^^^^^ ~ ^\n");
        assertThat(shown("x = r_1()\n^\n", longer)).isEqualTo("x = {{ long }}()\n^\n");
        assertThat(shown("name() + 1\n~~~~   ^^^", hole("name", "{}"))).isEqualTo("{}() + 1\n~~   ^^^");
        assertThat(shown("r_1\nr_1", longer)).isEqualTo("{{ long }}\n{{ long }}");
    }

    @Test
    void withoutHolesNothingChanges() {
        assertThat(shown("r_1")).isEqualTo("r_1");
    }
}
