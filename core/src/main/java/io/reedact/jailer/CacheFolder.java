package io.reedact.jailer;

import io.reedact.problem.HostException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Private folders: the user's cache, and the place for sockets. Never below a folder that others may write to. */
public final class CacheFolder {
    private CacheFolder() {}

    /** {@code $XDG_CACHE_HOME/reedact}, or {@code ~/.cache/reedact}; not made yet. */
    public static Path find(Map<String, String> environment) {
        String named = environment.get("XDG_CACHE_HOME");
        Path base = named == null || named.isEmpty()
                ? Path.of(System.getProperty("user.home", "/"), ".cache")
                : Path.of(named);
        return base.toAbsolutePath().resolve("reedact");
    }

    /** {@code $XDG_RUNTIME_DIR/reedact} for a user, {@code /run/reedact} for root; not made yet. */
    public static Path forSockets(Map<String, String> environment) {
        String named = environment.get("XDG_RUNTIME_DIR");
        if (isRoot() || named == null || named.isEmpty()) {
            return Path.of("/run/reedact");
        }
        return Path.of(named).toAbsolutePath().resolve("reedact");
    }

    private static boolean isRoot() {
        try {
            return ownUid() == 0;
        } catch (IOException e) {
            return false; // a host without /proc: making the folder will say what is wrong
        }
    }

    /**
     * Makes a folder that only this user may enter, and its parents.
     *
     * @throws HostException if that can't be done, or it exists and is somebody else's
     */
    public static Path make(Path folder) {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return requireOwn(folder);
        } catch (IOException e) {
            throw unusable(folder, "can't be made: " + reason(e), e);
        }
    }

    private static Path requireOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw unusable(folder, "is a link", null);
        }
        int owner = uidOf(folder, LinkOption.NOFOLLOW_LINKS);
        if (owner != ownUid()) {
            throw unusable(folder, "belongs to the user " + owner, null);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder;
    }

    /** By number: not every user has a name. */
    private static int uidOf(Path path, LinkOption... options) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", options);
    }

    /** This process's own folder belongs to whom it runs as (proc_pid(5)). */
    private static int ownUid() throws IOException {
        return uidOf(Path.of("/proc/self"));
    }

    static HostException unusable(Path folder, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new HostException(
                Problem.of(ProblemCode.FOLDER_UNUSABLE, "the folder " + folder + " " + why, null), cause);
    }

    static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName().replace("Exception", "") + " (" + message + ")";
    }
}
