package io.reedact.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.HostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small pieces around an execution: time zones, signals, the builder. */
class PiecesTest {
    @TempDir
    Path folder;

    /** RFC 8536: a header of 44 bytes, one type of 6 and 4 bytes of names, twice, and a footer. */
    @Test
    void utcNeedsNothingOfTheHost() {
        byte[] file = TimeZones.read("UTC");
        assertThat(file).hasSize(2 * (44 + 6 + 4) + 6);
        assertThat(new String(file, StandardCharsets.US_ASCII))
                .startsWith("TZif2")
                .endsWith("UTC\0\nUTC0\n");
    }

    @Test
    void aZoneThatTheHostDoesNotHaveIsTold() {
        assertThatThrownBy(() -> TimeZones.read("Mars/Olympus_Mons"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("HOST-006")
                .hasMessageContaining("Mars/Olympus_Mons");
    }

    @Test
    void signalsHaveTheNamesOfLinux() {
        assertThat(Signals.name(1)).isEqualTo("SIGHUP");
        assertThat(Signals.name(31)).isEqualTo("SIGSYS");
        assertThat(Signals.name(33)).isEqualTo("signal 33");
        assertThat(Signals.name(64)).isEqualTo("SIGRTMIN+30");
    }

    @Test
    void aBuilderRefusesNonsense() {
        JailsBuilder builder = Jails.builder();
        assertThatThrownBy(() -> builder.slots(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slots must be at least 1, found 0");
        assertThatThrownBy(() -> builder.queueCapacity(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.queueTimeout(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHomeWithoutAJailerIsToldAtOnce() {
        assertThatThrownBy(() -> Jails.builder()
                        .home(folder)
                        .environment(Map.of("XDG_CACHE_HOME", folder.toString()))
                        .open())
                .isInstanceOf(HostException.class)
                .hasMessageContaining("HOST-003")
                .hasMessageContaining(folder.resolve("bin/reedact-jailer").toString());
    }

    @Test
    void anInventoryNeedsNoJailer() throws IOException {
        Files.createDirectories(folder.resolve("runtimes"));
        Inventory inventory = Jails.builder()
                .home(folder)
                .policies(Path.of("../policies").toAbsolutePath())
                .environment(Map.of("XDG_CACHE_HOME", folder.toString()))
                .inventory();
        assertThat(inventory.policies().names()).contains("default", "strict");
    }
}
