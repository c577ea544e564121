package io.reedact.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {
    private static final List<String> PREFIXES =
            List.of("POL", "RUN", "VAL", "REQ", "TPL", "CLI", "HOST", "JAIL", "ENG");

    @ParameterizedTest
    @EnumSource
    void everyCodeHasAPrefixANumberAndWholeSentences(ProblemCode entry) {
        assertThat(entry.code()).matches("(" + String.join("|", PREFIXES) + ")-\\d{3}");
        assertThat(entry.message()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
        assertThat(entry.cause()).endsWith(".").doesNotContain("\n");
        assertThat(entry.mend()).doesNotContain("\n").matches(text -> text.endsWith(".") || text.endsWith("'"));
    }

    @Test
    void noCodeIsGivenTwiceAndAllAreSorted() {
        Map<String, ProblemCode> sorted = new TreeMap<>();
        for (ProblemCode entry : ProblemCode.values()) {
            String prefix = entry.code().substring(0, entry.code().indexOf('-'));
            String place = PREFIXES.indexOf(prefix) + entry.code();
            assertThat(sorted.put(place, entry)).as(entry.code()).isNull();
        }
        assertThat(sorted.values()).containsExactlyElementsOf(Arrays.asList(ProblemCode.values()));
    }

    @Test
    void findsAnEntryByItsCodeInAnyCase() {
        assertThat(ProblemCode.find("POL-012")).contains(ProblemCode.UNKNOWN_KEY);
        assertThat(ProblemCode.find("jail-103")).contains(ProblemCode.JAILER_GONE);
        assertThat(ProblemCode.find("POL-000")).isEmpty();
    }

    @Test
    void exitStatusesAreThoseOfTheManual() {
        assertThat(Fault.USAGE.exitStatus()).isEqualTo(2);
        assertThat(Fault.HOST.exitStatus()).isEqualTo(5);
        assertThat(Fault.OURS.exitStatus()).isEqualTo(70);
    }

    @Test
    void theCataloguesPageHasEveryEntry() {
        String page = ProblemCatalogue.markdown();
        for (ProblemCode entry : ProblemCode.values()) {
            assertThat(page)
                    .contains("### " + entry.code() + ": " + entry.message() + "\n", entry.cause(), entry.mend());
        }
        for (String prefix : PREFIXES) {
            assertThat(page).containsOnlyOnce("\n## " + prefix + ": ");
        }
    }

    @Test
    void anExceptionIsAsGraveAsItsGravestProblem() {
        Problem usage = Problem.of(ProblemCode.UNKNOWN_KEY, "unknown key 'x'", null);
        Problem host = Problem.of(ProblemCode.LAYER_MISSING, "no landlock", null);
        PolicyFileException exception = new PolicyFileException(List.of(usage, host));
        assertThat(exception.fault()).isEqualTo(Fault.HOST);
        assertThat(exception).hasMessage("unknown key 'x' [POL-012] (and 1 more)");
        assertThat(exception.render()).isEqualTo("error[POL-012]: unknown key 'x'\n\nerror[HOST-001]: no landlock\n");
    }
}
