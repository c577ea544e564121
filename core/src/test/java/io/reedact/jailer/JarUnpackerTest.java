package io.reedact.jailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.HostException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarUnpackerTest {
    private static final String INDEX = "META-INF/reedact/index";
    private static final String NATIVE = "META-INF/native/linux-x86_64/reedact-jailer";

    @TempDir
    Path folder;

    private final Map<String, String> jar = new HashMap<>();

    @BeforeEach
    void aJar() {
        jar.put(INDEX, "runtimes/toy/runtime.toml\npolicies/default.toml\n");
        jar.put("META-INF/reedact/runtimes/toy/runtime.toml", "name = \"toy\"\n");
        jar.put("META-INF/reedact/policies/default.toml", "timeout = \"1s\"\n");
        jar.put(NATIVE, "#!/bin/sh\n");
    }

    /** Loads the unpacker anew, with these resources beside it, as it is when the jar is another. */
    private static final class Carrying extends ClassLoader {
        private static final String UNPACKER = JarUnpacker.class.getName();

        private final Map<String, String> resources;

        private Carrying(Map<String, String> resources) {
            super(JarUnpacker.class.getClassLoader());
            this.resources = resources;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean own = name.equals(UNPACKER) || name.equals(CacheFolder.class.getName());
            if (!own) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            String text = resources.get(name);
            return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path unpack() {
        return unpack(folder.resolve("cache"));
    }

    private Path unpack(Path cache) {
        try {
            Method unpack = new Carrying(jar).loadClass(Carrying.UNPACKER).getDeclaredMethod("unpack", Path.class);
            unpack.setAccessible(true);
            return (Path) unpack.invoke(null, cache);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the unpacker can't be called", e);
        }
    }

    private void assertOnlyHomesAreLeft(int homes) throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve("cache"))) {
            assertThat(entries.map(path -> path.getFileName().toString()))
                    .hasSize(homes)
                    .allSatisfy(name -> assertThat(name).matches("[0-9a-f]{64}"));
        }
    }

    @Test
    void unpacksAHomeThatOnlyTheUserMayChange() throws IOException {
        Path home = unpack();
        assertThat(home.resolve("policies/default.toml")).hasContent("timeout = \"1s\"\n");
        assertThat(new Home(home).jailer(Map.of())).isExecutable().hasContent("#!/bin/sh\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
        assertOnlyHomesAreLeft(1);
    }

    @Test
    void findsAgainWhatIsThere() throws IOException {
        Path home = unpack();
        var made = Files.getLastModifiedTime(home.resolve("policies/default.toml"));
        Object key = Files.getAttribute(home, "unix:ino");
        assertThat(unpack()).isEqualTo(home);
        assertThat(Files.getLastModifiedTime(home.resolve("policies/default.toml")))
                .isEqualTo(made);
        assertThat(Files.getAttribute(home, "unix:ino")).isEqualTo(key);
    }

    @Test
    void anotherContentGetsAnotherFolder() throws IOException {
        Path first = unpack();
        jar.put(NATIVE, "#!/bin/bash\n");
        assertThat(unpack()).isNotEqualTo(first);
        assertThat(first).isDirectory();
        assertOnlyHomesAreLeft(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/reedact-jailer", "policies/default.toml"})
    void aDamagedFileIsReplaced(String name) throws IOException {
        Path file = unpack().resolve(name);
        String whole = Files.readString(file);
        Files.writeString(file, "evil");
        unpack();
        assertThat(file).hasContent(whole);
        Files.delete(file);
        unpack();
        assertThat(file).hasContent(whole);
        assertOnlyHomesAreLeft(1);
    }

    @Test
    void severalAtOnceAgree() throws IOException {
        var homes = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::unpack))
                .toList();
        Path home = unpack();
        assertThat(homes).allSatisfy(other -> assertThat(other.join()).isEqualTo(home));
        assertThat(home.resolve("runtimes/toy/runtime.toml")).exists();
        assertOnlyHomesAreLeft(1);
    }

    @Test
    void aJarWithoutAJailerIsTold() {
        jar.remove(NATIVE);
        assertThatThrownBy(this::unpack)
                .isInstanceOf(HostException.class)
                .hasMessageContaining("HOST-003")
                .hasMessageContaining("this jar carries no " + NATIVE);
        jar.clear();
        assertThatThrownBy(this::unpack).hasMessageContaining("this jar carries no " + INDEX);
    }

    @Test
    void aCacheThatCantBeWrittenIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path cache : new Path[] {file, file.resolve("below"), Path.of("/proc/reedact")}) {
            assertThatThrownBy(() -> unpack(cache))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("HOST-006")
                    .hasMessageContaining(cache.toString());
        }
    }
}
