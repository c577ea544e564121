package io.reedact.verification.jail;

import static io.reedact.verification.jail.OpenJails.block;
import static io.reedact.verification.jail.OpenJails.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest sees of the host: nothing. Each look has a control: the same look outside finds something. */
@Tag("jail")
@ExtendWith(OpenJails.class)
class ConfinementTest {
    @Test
    void theRootHoldsOnlyWhatTheJailerPutThere() {
        assertThat(names("import os; return os.listdir('/')"))
                .containsExactlyInAnyOrder("runtime", "usr", "job", "tmp", "dev", "etc", "lib64", "lib", "proc");
        assertThat(Path.of("/root")).exists();
    }

    @Test
    void etcIsSynthetic() throws Exception {
        assertThat(names("import os; return os.listdir('/etc')"))
                .containsExactlyInAnyOrder("passwd", "group", "hosts", "nsswitch.conf", "localtime", "ld.so.cache");
        assertThat(String.valueOf(value("python", "return open('/etc/passwd').read()")))
                .contains("guest:x:1000:1000")
                .doesNotContain("root");
        assertThat(Files.readString(Path.of("/etc/passwd"))).contains("root");
    }

    @Test
    void noWayLeadsUpFromATreeToWhatLiesBesideItOnTheHost() {
        // Trees are bound out of an overlay of the whole of /usr.
        assertThat(names("""
                import os
                tree = os.open('/usr/lib/python3', os.O_RDONLY | os.O_DIRECTORY)
                os.chdir(tree)
                up = os.open('..', os.O_RDONLY | os.O_DIRECTORY, dir_fd=tree)
                return os.listdir(up) + os.listdir('..') + os.listdir('../../lib')
                """)).containsOnly("python3", "python3.11", "locale", "x86_64-linux-gnu");
        assertThat(Path.of("/usr/lib").toFile().list()).hasSizeGreaterThan(4);
    }

    @Test
    void onlyTheInterpreterIsInItsFolder() {
        assertThat(names("import os, sys; return [os.path.realpath('/usr/bin/' + n) == os.path.realpath(sys.executable)"
                        + " for n in os.listdir('/usr/bin')]"))
                .isNotEmpty()
                .containsOnly(true);
    }

    @Test
    void identityIsUnprivilegedAndCapabilitiesAreEmpty() {
        Object status = value("python", """
                lines = open('/proc/self/status').read().splitlines()
                return {line.split(':')[0]: line.split(':')[1].split() for line in lines}
                """);
        assertThat(status).isInstanceOf(Map.class);
        var facts = (Map<?, ?>) status;
        assertThat(facts.get("Uid")).isEqualTo(List.of("1000", "1000", "1000", "1000"));
        assertThat(facts.get("Groups")).isEqualTo(List.of());
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            assertThat(facts.get(set)).as(set).isEqualTo(List.of("0000000000000000"));
        }
        assertThat(facts.get("NoNewPrivs")).isEqualTo(List.of("1"));
        assertThat(facts.get("Seccomp")).isEqualTo(List.of("2"));
    }

    @Test
    void onlyTheGuestsOwnProcessesAreVisible() {
        assertThat(names("import os; return [n for n in os.listdir('/proc') if n.isdigit()]"))
                .containsExactly("2");
        assertThat(value("python", "import os; return [os.getpid(), os.getppid()]"))
                .isEqualTo(List.of(2L, 0L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/self/cgroup", "/proc/self/mountinfo", "/proc/self/mounts"})
    void noPathOfTheHostShows(String file) {
        String text = String.valueOf(value("python", "return open('" + file + "').read()"));
        assertThat(text).isNotEmpty().doesNotContain("reedact-", "/home", "/root", System.getProperty("user.dir"));
    }

    @Test
    void standardDescriptorsOpenLikeAnyOthers() {
        assertThat(value("python", """
                open('/dev/stdout', 'w').write('out')
                open('/dev/stderr', 'w').write('err')
                open('/dev/null', 'w').write('x')
                return [open('/dev/stdin').read(), open('/dev/zero', 'rb').read(1) == bytes(1),
                        len(open('/dev/urandom', 'rb').read(8))]
                """)).isEqualTo(List.of("", true, 8L));
    }

    @Test
    void noDescriptorIsLeftButTheGuestsOwn() {
        // What the guest still has: 0, 1, 2, the value channel, and the folder that it lists.
        assertThat(names("import os; return [int(n) for n in os.listdir('/proc/self/fd') if int(n) > 5]"))
                .isEmpty();
    }

    @Test
    void theEnvironmentIsBuiltFromNothing() {
        assertThat(names("import os; return sorted(os.environ)"))
                .containsExactly("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ", "USER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/x", "/usr/lib/python3.11/x", "/dev/x", "/x", "/runtime/x", "/proc/sys/kernel/core_pattern"
            })
    void whatIsShownCannotBeWritten(String path) {
        assertThat(String.valueOf(value("python", """
                try:
                    open('%s', 'w')
                    return 'written'
                except OSError as error:
                    return error.strerror
                """.formatted(path)))).isNotEqualTo("written");
    }

    @Test
    void theNetworkIsRefusedAtOnceAndReported() {
        Outcome outcome = block("python", """
                import socket
                try:
                    socket.create_connection(('127.0.0.1', 9), timeout=5)
                    return 'connected'
                except PermissionError as error:
                    return error.strerror
                """);
        assertThat(((Outcome.Completed) outcome).value()).isEqualTo("Permission denied");
        assertThat(outcome.timeline().run()).isLessThan(Duration.ofSeconds(2));
        assertThat(outcome.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.name()).isEqualTo("socket");
            assertThat(violation.detail()).contains("AF_INET", "SOCK_STREAM");
            assertThat(violation.rule()).isEqualTo("network_access = false");
        });
    }

    @Test
    void aForeignAbiEndsTheRun() {
        Outcome outcome = block("python", """
                import ctypes
                ctypes.CDLL(None).syscall(0x40000000 + 39)
                return 'went on'
                """);
        assertThat(outcome).isInstanceOf(Outcome.Violated.class);
        assertThat(outcome.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.kind()).isEqualTo("abi");
            assertThat(violation.name()).isEqualTo("x32");
        });
    }

    @Test
    void aGuestInstallsNoFilterOfItsOwn() {
        assertThat(value("python", """
                import ctypes
                libc = ctypes.CDLL(None, use_errno=True)
                answers = []
                for call in (lambda: libc.syscall(317, 1, 8, 0), lambda: libc.prctl(22, 2, 0)):
                    answers.append((call(), ctypes.get_errno()))
                return answers
                """)).isEqualTo(List.of(List.of(-1L, 1L), List.of(-1L, 1L)));
    }

    @Test
    void deniedCallsAreCountedUpToSixtyFour() {
        Outcome outcome = block("python", """
                import ctypes
                libc = ctypes.CDLL(None, use_errno=True)
                errors = set()
                for _ in range(100000):
                    libc.unshare(0x10000000)
                    errors.add(ctypes.get_errno())
                return sorted(errors)
                """);
        assertThat(((Outcome.Completed) outcome).value()).isEqualTo(List.of(1L, 38L));
        assertThat(outcome.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.name()).isEqualTo("unshare");
            assertThat(violation.count()).isEqualTo(64);
        });
        assertThat(outcome.violationsTruncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "php", "javascript"})
    void warmingUpCausesNoReport(String language) {
        Outcome outcome = block(language, language.equals("php") ? "return 1;" : "return 1");
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.violations()).isEmpty();
    }

    @Test
    void everyLayerIsInForceUnderTheDefaultPolicy() {
        Outcome outcome = block("python", "return 1");
        assertThat(outcome.layers()).hasSize(21);
        assertThat(outcome.isolation().missing()).isEmpty();
        assertThat(outcome.isolation().landlockAbi()).isPositive();
    }

    private static List<Object> names(String code) {
        return List.copyOf((List<?>) value("python", code));
    }
}
