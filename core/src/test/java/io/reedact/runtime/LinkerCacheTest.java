package io.reedact.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkerCacheTest {
    private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

    @Test
    void theSystemsOwnToolReadsIt(@TempDir Path folder) throws Exception {
        byte[] cache = LinkerCache.of(
                LOADER, List.of("/lib/x/libm.so.6", "/lib/x/libicu.so.72", "/opt/a/libz.so.1", "/opt/b/libz.so.1"));
        Path file = Files.write(folder.resolve("cache"), cache);
        Process ldconfig = new ProcessBuilder("/sbin/ldconfig", "-p", "-C", file.toString()).start();
        String listed = new String(ldconfig.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ldconfig.waitFor()).isZero();
        assertThat(listed.lines().map(String::strip))
                .contains(
                        "libz.so.1 (libc6,x86-64) => /opt/a/libz.so.1",
                        "libm.so.6 (libc6,x86-64) => /lib/x/libm.so.6",
                        "libicu.so.72 (libc6,x86-64) => /lib/x/libicu.so.72")
                .noneMatch(line -> line.contains("/opt/b"));
    }

    @ParameterizedTest
    @CsvSource({"libz.so.9,libz.so.10", "liba,libb", "lib.so,lib.so.1", "liba,lib2", "lib.so.6,libm.so.6"})
    void numbersCountAsNumbersAndComeLast(String less, String more) {
        assertThat(LinkerCache.compare(less, more)).isNegative();
        assertThat(LinkerCache.compare(more, less)).isPositive();
        assertThat(LinkerCache.compare(more, more)).isZero();
    }

    @Test
    void aLinkerThatReadsNoneGetsNone() {
        assertThat(LinkerCache.of("/lib/ld-musl-x86_64.so.1", List.of("/lib/libz.so.1")))
                .isEmpty();
        assertThat(LinkerCache.of(LOADER, List.of())).isEmpty();
        assertThat(LinkerCache.of("", List.of())).isEmpty();
    }
}
