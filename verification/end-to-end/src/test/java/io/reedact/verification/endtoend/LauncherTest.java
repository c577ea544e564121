package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.verification.endtoend.Reedact.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    Path folder;

    @Test
    void runsFromAnyDirectoryAndThroughLinks() throws IOException {
        Path direct = Files.createSymbolicLink(folder.resolve("reedact"), Reedact.LAUNCHER);
        Files.createSymbolicLink(folder.resolve("relative"), direct.getFileName());
        assertThat(Reedact.command("--version").in(folder).run().out()).startsWith("reedact ");
        assertThat(Reedact.shell("./relative --version").in(folder).run().out()).startsWith("reedact ");
        assertThat(Reedact.shell("PATH=\"" + folder + ":$PATH\" reedact --version")
                        .run()
                        .out())
                .startsWith("reedact ");
        assertThat(Reedact.shell("./reedact --version")
                        .in(Reedact.LAUNCHER.getParent())
                        .run()
                        .out())
                .startsWith("reedact ");
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws IOException {
        Path old = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\necho old\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Result result = Reedact.command("--version")
                .with("JAVA_HOME", folder.resolve("jdk").toString())
                .run();
        assertThat(result.out()).startsWith("reedact ");
    }

    @Test
    void worksWithoutItsCacheOfClassesAndSaysNothingAboutIt() throws IOException {
        assertThat(Reedact.BUILD.resolve("command/reedact.aot")).isNotEmptyFile();
        Path copy = folder.resolve("copy");
        Reedact.shell("cp -R " + Reedact.BUILD + " " + copy + " && echo stale >" + copy + "/command/reedact.aot")
                .run();
        Result stale = Reedact.shell(copy + "/bin/reedact --version").run();
        assertThat(stale.status()).isZero();
        assertThat(stale.err()).isEmpty();
        Files.delete(copy.resolve("command/reedact.aot"));
        assertThat(Reedact.shell(copy + "/bin/reedact --version").run()).isEqualTo(stale);
    }

    @Test
    void takesArgumentsAsTheyAre() {
        Result result = Reedact.run("explain", "  two  words *");
        assertThat(result.err()).contains("'  two  words *'");
    }
}
