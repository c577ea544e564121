package io.reedact.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.verification.endtoend.Reedact.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a command while its host or its user is unkind. */
@Tag("jail")
class TroubleTest {
    private static final String ENDLESS = "print('before', flush=True)\nwhile True: pass";

    @TempDir
    Path folder;

    @Test
    void aKilledJailerIsOurFaultAndSaysSo() throws Exception {
        Process command = start(ENDLESS);
        jailerOf(command).destroyForcibly();
        assertThat(command.waitFor()).isEqualTo(70);
        assertThat(text(command)).contains("error[JAIL-103]: ").doesNotContain("\tat ");
        leavesNothing(command);
    }

    @Test
    void anInterruptCancelsAndLeavesNothing() throws Exception {
        Process command = start(ENDLESS);
        Instant asked = Instant.now();
        new ProcessBuilder("kill", "-INT", Long.toString(command.pid())).start().waitFor();
        assertThat(command.waitFor()).isEqualTo(130);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(text(command)).contains("before\n").contains("cancelled");
        leavesNothing(command);
    }

    @Test
    void aCommandThatIsKilledTakesItsJailWithIt() throws Exception {
        Process command = start(ENDLESS);
        ProcessHandle jailer = jailerOf(command);
        Stream<ProcessHandle> all = Stream.concat(Stream.of(jailer), jailer.descendants());
        var family = all.toList();
        assertThat(family).hasSizeGreaterThan(1);
        command.destroyForcibly().waitFor();
        within(Duration.ofSeconds(5), () -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void aFullDiskUnderStdoutIsToldOnStderr() {
        Result result = Reedact.shell("\"$REEDACT\" run -l python -c 'return 1' >/dev/full")
                .run();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("error[CLI-005]: ").contains("No space left on device");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFault() {
        Result result = Reedact.shell(
                        "{ \"$REEDACT\" run -l python -c 'print(\"x\\n\" * 100000)'; echo \"status $?\" >&2; } | head -n 1")
                .run();
        assertThat(result.out()).isEqualTo("x\n");
        assertThat(result.err()).isEqualTo("status 0\n");
    }

    @Test
    void aCacheFolderThatCannotBeWrittenIsNoFault() {
        Result result = Reedact.command("run", "-l", "python", "-c", "return 1")
                .with("XDG_CACHE_HOME", "/dev/null/cache")
                .run();
        assertThat(result).isEqualTo(new Result(0, "1\n", ""));
    }

    @Test
    void aFullDiskUnderTheCacheIsNoFault() {
        Result result = Reedact.shell("unshare -m sh -c 'mount -t tmpfs -o size=4k full " + folder
                        + " && { head -c 4k /dev/zero >" + folder + "/filler; } 2>/dev/null;"
                        + " XDG_CACHE_HOME=" + folder + " \"$REEDACT\" run -l python -c \"return 1\"'")
                .run();
        assertThat(result).isEqualTo(new Result(0, "1\n", ""));
    }

    @Test
    void aMissingJailerIsTheHostsFault() {
        Result result = Reedact.command("run", "-l", "python", "-c", "return 1")
                .with("REEDACT_JAILER", folder + "/none")
                .run();
        assertThat(result.status()).isEqualTo(5);
        assertThat(result.err()).contains("error[HOST-003]: ").contains("does not exist");
        assertThat(Reedact.command("doctor")
                        .with("REEDACT_JAILER", folder + "/none")
                        .run()
                        .status())
                .isEqualTo(5);
    }

    @Test
    void aProgramThatIsNoJailerIsOurFault() {
        Result result = Reedact.command("run", "-l", "python", "-c", "return 1")
                .with("REEDACT_JAILER", "/bin/true")
                .run();
        assertThat(result.status()).isEqualTo(70);
        assertThat(result.err()).contains("error[JAIL-101]: ");
    }

    @Test
    void aRuntimeWithoutItsInterpreterIsNamed() throws IOException {
        Path ghost = Files.createDirectories(folder.resolve("home/runtimes/ghost"));
        String python = Files.readString(Reedact.BUILD.resolve("runtimes/python/runtime.toml"));
        Files.writeString(
                ghost.resolve("runtime.toml"),
                python.replaceFirst("(?m)^name = .*", "name = \"ghost\"")
                        .replaceFirst("(?m)^aliases = .*", "aliases = []")
                        .replaceFirst("(?m)^interpreter = .*", "interpreter = [\"/nowhere/ghost\"]"));
        Files.writeString(ghost.resolve("prelude.py"), "");
        Files.createDirectories(folder.resolve("home/bin"));
        Files.copy(Reedact.BUILD.resolve("bin/reedact-jailer"), folder.resolve("home/bin/reedact-jailer"));
        Files.createSymbolicLink(folder.resolve("home/policies"), Reedact.BUILD.resolve("policies"));
        Result result = Reedact.command("run", "-l", "ghost", "-c", "return 1")
                .with("REEDACT_HOME", folder.resolve("home").toString())
                .run();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("error[RUN-002]: ").contains("/nowhere/ghost");
    }

    private Process start(String code) throws IOException, InterruptedException {
        Process command = Reedact.command("run", "-l", "python", "-c", code)
                .builder()
                .redirectErrorStream(true)
                .start();
        within(Duration.ofSeconds(20), () -> command.descendants().count() >= 3);
        Thread.sleep(300); // past the start of the guest, into its loop
        return command;
    }

    private static ProcessHandle jailerOf(Process command) {
        return command.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/reedact-jailer"))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Process command) throws IOException {
        return new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void leavesNothing(Process command) throws InterruptedException {
        within(Duration.ofSeconds(5), () -> sockets(command) == 0);
    }

    /** A jailer's socket bears the process id of its client. */
    private static long sockets(Process command) {
        try (Stream<Path> files = Files.list(Path.of("/run/reedact"))) {
            return files.filter(file -> file.getFileName().toString().contains("-" + command.pid() + "-"))
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void within(Duration time, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(time);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("what was waited for has not come").isBefore(end);
            Thread.sleep(20);
        }
    }
}
