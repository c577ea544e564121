package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPathsTest {
    @TempDir(factory = VarTmp.class)
    Path folder;

    private final List<Path> links = new ArrayList<>();

    private Path link(String name, String target) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve(name), Path.of(target));
        links.add(link);
        return link;
    }

    /** JUnit removes them, too, but not without a warning about where they lead. */
    @AfterEach
    void removeLinks() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "srv/shop | has to be an absolute path",
                "'' | has to be an absolute path",
                "/usr/../etc | must not contain . or ..",
                "/usr/./lib | must not contain . or ..",
                "/ | is too much: name what is needed of it",
                "// | is too much: name what is needed of it",
                "/etc | is too much: name what is needed of it",
                "/run/ | is too much: name what is needed of it",
                "/proc | lies in /proc, which a jail never shows",
                "/proc/self/root | lies in /proc, which a jail never shows",
                "/dev/shm | lies in /dev, which a jail never shows",
                "/sys/fs | lies in /sys, which a jail never shows",
                "/tmp/x | lies in /tmp, which a jail never shows",
                "/job | lies in /job, which a jail never shows",
                "/runtime/x | lies in /runtime, which a jail never shows",
                "/etc/passwd | is a file that every jail has its own of",
                "/nowhere/at/all | does not exist",
            })
    void refusesWhatNoJailShows(String path, String why) {
        assertThatThrownBy(() -> HostPaths.access(path, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @Test
    void refusesTextThatIsNoPath() {
        assertThatThrownBy(() -> HostPaths.access("/a\u0000b", false)).hasMessage("is no path");
    }

    @Test
    void takesDirectoriesAndFiles() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(HostPaths.access(folder.toString(), true)).isEqualTo(new Access(folder, folder, true, true));
        assertThat(HostPaths.access(folder + "/", false)).isEqualTo(new Access(folder, folder, false, true));
        assertThat(HostPaths.access(file.toString(), false)).isEqualTo(new Access(file, file, false, false));
        assertThatThrownBy(() -> HostPaths.access(file.toString(), true))
                .hasMessage("is a file; only directories can be written to");
    }

    @Test
    void followsLinksToWhereTheyLead() throws IOException {
        Path link = link("link", "/usr");
        assertThat(HostPaths.access(link.toString(), false)).isEqualTo(new Access(link, Path.of("/usr"), false, true));
        Path below = link.resolve("share");
        assertThat(HostPaths.access(below.toString(), false))
                .isEqualTo(new Access(below, Path.of("/usr/share"), false, true));
    }

    @Test
    void refusesLinksThatLeadWhereNoJailMay() throws IOException {
        Path root = link("root", "/");
        Path devices = link("devices", "/dev");
        Path nowhere = link("nowhere", "/nowhere");
        assertThatThrownBy(() -> HostPaths.access(root.toString(), false))
                .hasMessage("leads to /, which is too much: name what is needed of it");
        assertThatThrownBy(() -> HostPaths.access(devices + "/null", false))
                .hasMessage("leads to /dev/null, which lies in /dev, which a jail never shows");
        assertThatThrownBy(() -> HostPaths.access(nowhere.toString(), false))
                .hasMessage("can't be followed to its end");
    }

    @Test
    void refusesSockets() throws IOException {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> HostPaths.access(socket.toString(), false))
                    .hasMessage("is a socket, pipe or device, which a jail never shows");
        }
    }

    @Test
    void problemsOfPathsAreShownAtTheirPlace(@TempDir Path policyFolder) {
        WrittenPolicies policies = new WrittenPolicies(policyFolder);
        assertThat(policies.problemsOf(
                        "filesystem_access = [",
                        "  \"/usr/share\", \"/\",",
                        "  { path = \"/usr\", access = \"wirte\" }, { pth = \"/usr\" }, 7,",
                        "  { path = \"/usr/share\", access = \"read\" },", // the same again does no harm
                        "]"))
                .isEqualTo("""
                    error[POL-040]: / is too much: name what is needed of it
                      --> shop.toml:2:17
                       |
                     2 |   "/usr/share", "/",
                       |                 ^^^

                    error[POL-013]: access is "read" or "write", found the text "wirte"
                      --> shop.toml:3:29
                       |
                     3 |   { path = "/usr", access = "wirte" }, { pth = "/usr" }, 7,
                       |                             ^^^^^^^

                    error[POL-012]: unknown key 'pth'
                      --> shop.toml:3:42
                       |
                     3 |   { path = "/usr", access = "wirte" }, { pth = "/usr" }, 7,
                       |                                          ^^^
                       = help: did you mean 'path'?

                    error[POL-013]: an item of filesystem_access is a path or { path = "/srv/shop/out", access = "write" }, found a section
                      --> shop.toml:3:40
                       |
                     3 |   { path = "/usr", access = "wirte" }, { pth = "/usr" }, 7,
                       |                                        ^

                    error[POL-013]: an item of filesystem_access is a path or { path = "/srv/shop/out", access = "write" }, found the number 7
                      --> shop.toml:3:58
                       |
                     3 |   { path = "/usr", access = "wirte" }, { pth = "/usr" }, 7,
                       |                                                          ^
                    """);
        assertThat(policies.problemsOf("module_path = [\"/etc/hostname\", { path = \"/usr\" }]"))
                .contains(
                        "error[POL-040]: /etc/hostname is no directory",
                        "error[POL-013]: an item of module_path is the path of a directory");
    }

    @Test
    void aPathIsListedOnce(@TempDir Path policyFolder) {
        WrittenPolicies policies = new WrittenPolicies(policyFolder);
        String twice = "filesystem_access = [\"/usr/share\", { path = \"/usr/share/\", access = \"write\" }]";
        assertThat(policies.problemsOf(twice)).contains("error[POL-040]: filesystem_access lists /usr/share twice");
    }
}
