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
    void looksForAJavaThatIsNewEnoughWhereItHasNoneOfItsOwn() throws IOException {
        Path old = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\necho old\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Path copy = copyWithout("java");
        Result result = Reedact.shell(copy + "/bin/reedact --version")
                .with("JAVA_HOME", folder.resolve("jdk").toString())
                .run();
        assertThat(result.out()).startsWith("reedact ");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void worksWithoutItsCacheOfClassesAndSaysNothingAboutIt() throws IOException {
        assertThat(Reedact.BUILD.resolve("command/run.aot")).isNotEmptyFile();
        Path copy = copyWithout("run.aot");
        Result without = Reedact.shell(copy + "/bin/reedact --version").run();
        assertThat(without.status()).isZero();
        assertThat(without.err()).isEmpty();
        Files.writeString(copy.resolve("command/run.aot"), "stale\n");
        assertThat(Reedact.shell(copy + "/bin/reedact --version").run()).isEqualTo(without);
    }

    private Path copyWithout(String part) {
        Path copy = folder.resolve("copy");
        Result copied = Reedact.shell("cp -R " + Reedact.BUILD + " " + copy + " && rm -r " + copy + "/command/" + part)
                .run();
        assertThat(copied.status()).as(copied.err()).isZero();
        return copy;
    }

    @Test
    void takesArgumentsAsTheyAre() {
        Result result = Reedact.run("explain", "  two  words *");
        assertThat(result.err()).contains("'  two  words *'");
    }
}
