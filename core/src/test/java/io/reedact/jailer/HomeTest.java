package io.reedact.jailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path folder;

    private Path home(String name) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("runtimes"));
        Files.createDirectories(home.resolve("bin"));
        FakeProgram.program(home.resolve("bin/reedact-jailer"), "#!/bin/sh\n");
        return home;
    }

    @Test
    void theNamedFolderComesFirst() throws IOException {
        Path named = home("named");
        Home home = Home.find(Map.of("REEDACT_HOME", named.toString()));
        assertThat(home.folder()).isEqualTo(named);
        assertThat(home.runtimes()).isEqualTo(named.resolve("runtimes"));
        assertThat(home.policies()).isEqualTo(named.resolve("policies"));
        assertThat(home.jailer(Map.of())).isEqualTo(named.resolve("bin/reedact-jailer"));
    }

    /** Else a misspelt name would run another installation than the one meant. */
    @Test
    void aNamedFolderThatIsNoneIsNotPassedOver() {
        assertThatThrownBy(() -> Home.find(
                        Map.of("REEDACT_HOME", folder.resolve("nowhere").toString())))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("HOST-006")
                .hasMessageContaining("REEDACT_HOME is " + folder.resolve("nowhere"));
    }

    @Test
    void anotherJailerCanBeNamed() throws IOException {
        Home home = new Home(home("a"));
        Path other = FakeProgram.program(folder.resolve("other"), "#!/bin/sh\n");
        assertThat(home.jailer(Map.of("REEDACT_JAILER", other.toString()))).isEqualTo(other);
        assertThat(home.jailer(Map.of("REEDACT_JAILER", "")))
                .isEqualTo(home.folder().resolve("bin/reedact-jailer"));
    }

    @Test
    void aJailerThatCantBeExecutedIsTold() throws IOException {
        Home home = new Home(home("a"));
        Path data = Files.writeString(folder.resolve("data"), "");
        assertThatThrownBy(() -> home.jailer(Map.of("REEDACT_JAILER", data.toString())))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("HOST-003")
                .hasMessageContaining("may not be executed");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> home.jailer(Map.of("REEDACT_JAILER", missing.toString())))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("does not exist");
    }
}
