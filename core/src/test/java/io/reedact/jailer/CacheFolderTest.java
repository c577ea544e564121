package io.reedact.jailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
    @TempDir
    Path folder;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isWhereTheUserKeepsCaches() {
        assertThat(CacheFolder.find(Map.of("XDG_CACHE_HOME", "/var/cache/u")))
                .isEqualTo(Path.of("/var/cache/u/reedact"));
        Path usual = Path.of(System.getProperty("user.home"), ".cache/reedact");
        assertThat(CacheFolder.find(Map.of())).isEqualTo(usual);
        assertThat(CacheFolder.find(Map.of("XDG_CACHE_HOME", ""))).isEqualTo(usual);
        assertThat(CacheFolder.find(Map.of("XDG_CACHE_HOME", "here"))).isAbsolute();
    }

    @Test
    void socketsAreNeverBelowAFolderOfEverybody() {
        assertThat(CacheFolder.forSockets(Map.of())).isEqualTo(Path.of("/run/reedact"));
        Path named = CacheFolder.forSockets(Map.of("XDG_RUNTIME_DIR", "/run/user/7"));
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        assertThat(named).isEqualTo(Path.of(isRoot ? "/run/reedact" : "/run/user/7/reedact"));
    }

    @Test
    void onlyTheUserMayEnter() throws IOException {
        Path made = CacheFolder.make(folder.resolve("a/b"));
        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(made.getParent())).isEqualTo("rwx------");
    }

    @Test
    void oneThatOthersMayEnterIsShut() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(permissions(CacheFolder.make(open))).isEqualTo("rwx------");
    }

    @Test
    void aFileInItsPlaceIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertUnusable(file);
        assertUnusable(file.resolve("below"));
    }

    /** Whoever can change where a link leads could change what is found there. */
    @Test
    void aLinkInItsPlaceIsRefused() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));
        assertUnusable(Files.createSymbolicLink(folder.resolve("link"), target));
        assertThat(permissions(target)).as("what it leads to is left alone").isNotEqualTo("rwx------");
    }

    private static void assertUnusable(Path place) {
        assertThatThrownBy(() -> CacheFolder.make(place))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("HOST-006")
                .hasMessageContaining(place.toString());
    }
}
