package io.reedact.verification.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class HabitsTest {

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = Project.CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(each -> each.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void nothingWritesToTheStandardStreamsBehindTheTerminalsBack() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(Project.CLASSES);
    }

    @Test
    void exceptionsHaveNamesThatTellTheirReader() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(Project.CLASSES);
    }

    @Test
    void onlyACommandEndsTheJvm() {
        noClasses()
                .that()
                .resideInAnyPackage(Project.patterns(Project.ORDER))
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(Project.CLASSES);
    }
}
