package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.verification.endtoend.Reedact.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The command in the hands of an ordinary user without control groups of his own: what he can't have is refused by name, and
 * what a policy lets him do without is told. Run by root, who becomes that user.
 */
@Tag("jail")
class UnprivilegedTest {
    private static final String USER = "65533";
    private static Path place;

    @BeforeAll
    static void copyTheCommandToWhereEverybodyCanReadIt() throws IOException {
        place = Files.createTempDirectory(Path.of("/var/tmp"), "reedact-test-");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> files = Files.walk(Reedact.BUILD)) {
            for (Path file : files.toList()) {
                Path copy = place.resolve("reedact")
                        .resolve(Reedact.BUILD.relativize(file).toString());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path home = Files.createDirectory(place.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(place.resolve("alone.toml"), """
                extends = "default"
                optional_layers = ["cgroup-memory", "cgroup-pids", "cgroup-cpu", "distinct-uid", "private-devices"]
                widens = ["optional_layers"]
                """);
    }

    @AfterAll
    static void removeTheCopy() throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Result asUser(String arguments) {
        return Reedact.shell("exec setpriv --reuid " + USER + " --regid " + USER
                        + " --clear-groups env -i PATH=\"$PATH\" HOME="
                        + place.resolve("home") + " XDG_RUNTIME_DIR=" + place.resolve("home") + " "
                        + place.resolve("reedact/bin/reedact") + " " + arguments)
                .run();
    }

    @Test
    void withoutControlGroupsNothingRuns() {
        Result result = asUser("run --json -l python -c 'return 1'");
        assertThat(result.status()).as(result.err()).isEqualTo(5);
        assertThat(result.json("outcome")).isEqualTo("refused");
        assertThat(result.json("problem", "code")).isEqualTo("HOST-001");
        assertThat(String.valueOf(result.json("problem", "message"))).contains("cgroup-memory");
    }

    @Test
    void whatAPolicyNamesAsOptionalMayBeMissing() {
        Result result = asUser(
                "run --json -p " + place.resolve("alone.toml") + " -l python -c 'import os; return os.getuid()'");
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(String.valueOf(result.json("value"))).isEqualTo("1000");
        assertThat(result.json("isolation", "missing"))
                .isEqualTo(List.of("cgroup-memory", "cgroup-pids", "cgroup-cpu", "distinct-uid", "private-devices"));
        assertThat((List<?>) result.json("isolation", "layers")).hasSize(16);
        assertThat(result.json("usage", "memoryPeakBytes")).isNull();
    }

    @Test
    void theDoctorSaysWhatIsMissing() {
        Result result = asUser("doctor");
        assertThat(result.status()).isEqualTo(5);
        assertThat(result.out() + result.err()).contains("uid " + USER, "control groups");
    }
}
