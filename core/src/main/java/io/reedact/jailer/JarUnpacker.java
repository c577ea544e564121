package io.reedact.jailer;

import io.reedact.problem.HostException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Unpacks what the jar carries (the jailer, runtimes, policies) to a folder named by the hash of it all.
 *
 * <p>A folder is filled beside its final name and moved there when it is whole, so that nobody sees half of one. What is
 * found there is compared byte for byte before it is used: whoever could change it could change what guards the host.
 */
final class JarUnpacker {
    private static final String NATIVE = "META-INF/native/linux-x86_64/reedact-jailer";
    private static final String INDEX = "META-INF/reedact/index";

    private JarUnpacker() {}

    static Path unpack(Path cache) {
        Map<String, byte[]> content = carried();
        Path home = CacheFolder.make(cache).resolve(hash(content));
        try {
            if (!isWhole(home, content)) {
                fill(cache, home, content);
            }
            return home;
        } catch (IOException e) {
            throw CacheFolder.unusable(home, "can't be filled: " + CacheFolder.reason(e), e);
        }
    }

    /** What the jar carries, by its path in a home. */
    private static Map<String, byte[]> carried() {
        Map<String, byte[]> content = new LinkedHashMap<>();
        String index = new String(resource(INDEX), StandardCharsets.UTF_8);
        index.lines()
                .filter(line -> !line.isBlank())
                .forEach(path -> content.put(path, resource("META-INF/reedact/" + path)));
        content.put("bin/reedact-jailer", resource(NATIVE));
        return content;
    }

    private static byte[] resource(String name) {
        try (InputStream in = JarUnpacker.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new HostException(Problem.of(
                        ProblemCode.JAILER_MISSING,
                        "this jar carries no " + name,
                        "point REEDACT_HOME to an installation's folder"));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            in.transferTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new HostException(
                    Problem.of(ProblemCode.JAILER_MISSING, "can't read " + name + " in the jar", null), e);
        }
    }

    private static String hash(Map<String, byte[]> content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Entry<String, byte[]> file : content.entrySet()) {
                digest.update((file.getKey() + '\0' + file.getValue().length + '\0').getBytes(StandardCharsets.UTF_8));
                digest.update(file.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static boolean isWhole(Path home, Map<String, byte[]> content) throws IOException {
        for (Entry<String, byte[]> file : content.entrySet()) {
            Path path = home.resolve(file.getKey());
            if (!Files.isRegularFile(path) || !java.util.Arrays.equals(Files.readAllBytes(path), file.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static void fill(Path cache, Path home, Map<String, byte[]> content) throws IOException {
        Path filling = Files.createTempDirectory(cache, "filling-");
        for (Entry<String, byte[]> file : content.entrySet()) {
            Path path = filling.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue(), StandardOpenOption.CREATE_NEW);
            String mode = file.getKey().startsWith("bin/") ? "rwxr-xr-x" : "rw-r--r--";
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
        place(filling, home, content);
    }

    /** In one step, whatever others do meanwhile. rename(2) says ENOTEMPTY where somebody was faster, Java just that it failed. */
    private static void place(Path filling, Path home, Map<String, byte[]> content) throws IOException {
        try {
            Files.move(filling, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(home)) {
                throw e;
            }
            replace(filling, home, content);
        }
    }

    /** Somebody was faster, and has made the same; or what is there was broken, and gives way. */
    private static void replace(Path filling, Path home, Map<String, byte[]> content) throws IOException {
        if (isWhole(home, content)) {
            delete(filling);
            return;
        }
        Path damaged = Files.createTempDirectory(filling.getParent(), "damaged-");
        Files.move(home, damaged.resolve("home"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(filling, home, StandardCopyOption.ATOMIC_MOVE);
        delete(damaged);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
