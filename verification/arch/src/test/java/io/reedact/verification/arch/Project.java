package io.reedact.verification.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The project's compiled classes, without tests. */
final class Project {
    /** The packages of the library; each may use those before it. */
    static final List<String> ORDER =
            List.of("unit", "problem", "value", "policy", "runtime", "execution", "wire", "jailer", "engine");

    /** What is built on the library; it knows none of them. Templates know no program. */
    static final List<String> USERS = List.of("templates", "cli");

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/verification/"))
            .importPackages("io.reedact");

    private Project() {}

    /** The packages, and all below them, as ArchUnit's patterns. */
    static String[] patterns(List<String> parts) {
        return parts.stream().map(part -> "io.reedact." + part + "..").toArray(String[]::new);
    }
}
