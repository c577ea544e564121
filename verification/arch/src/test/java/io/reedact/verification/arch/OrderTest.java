package io.reedact.verification.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class OrderTest {
    static final List<String> PARTS = Project.ORDER;

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> found = Project.CLASSES.stream()
                .map(type -> type.getPackageName().split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>(Project.ORDER);
        expected.addAll(Project.USERS);
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @FieldSource("PARTS")
    void aPackageUsesOnlyThoseBeforeIt(String part) {
        int place = Project.ORDER.indexOf(part);
        List<String> later = Project.ORDER.subList(place + 1, Project.ORDER.size());
        if (!later.isEmpty()) {
            mayNotUse(List.of(part), later).check(Project.CLASSES);
        }
        mayNotUse(List.of(part), Project.USERS).check(Project.CLASSES);
    }

    @Test
    void theOrderIsNoneThatAnyOrderWouldMeet() {
        // The control: the same rule, asked the wrong way round, finds something.
        assertThatThrownBy(
                        () -> mayNotUse(List.of("policy"), List.of("problem")).check(Project.CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.reedact.policy");
    }

    @Test
    void whatIsBuiltOnTheLibraryKnowsNeitherTheWireNorTheJailer() {
        mayNotUse(Project.USERS, List.of("wire", "jailer")).check(Project.CLASSES);
        mayNotUse(List.of("templates"), List.of("cli")).check(Project.CLASSES);
    }

    @Test
    void onlyAnAdapterKnowsItsEngine() {
        noClasses()
                .that()
                .resideInAPackage("io.reedact.templates")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pebbletemplates..", "io.reedact.templates.pebble..")
                .check(Project.CLASSES);
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching("io.reedact.(*)..").should().beFreeOfCycles().check(Project.CLASSES);
    }

    @Test
    void theLibraryNeedsNothingButAReaderOfTomlAndOneOfJson() {
        String[] known = {"java..", "org.jspecify..", "org.tomlj..", "tools.jackson.core..", "io.reedact.."};
        classes()
                .that()
                .resideInAnyPackage(Project.patterns(Project.ORDER))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known)
                .check(Project.CLASSES);
    }

    private static ArchRule mayNotUse(List<String> users, List<String> used) {
        return noClasses()
                .that()
                .resideInAnyPackage(Project.patterns(users))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Project.patterns(used));
    }
}
