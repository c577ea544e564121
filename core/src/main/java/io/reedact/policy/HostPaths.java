package io.reedact.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Decides which paths of the host a policy may show in jails. */
final class HostPaths {
    /** What a jail makes for itself, or what is the kernel's: neither these nor anything below them. */
    private static final List<Path> CLOSED = List.of(
            Path.of("/proc"), Path.of("/sys"), Path.of("/dev"), Path.of("/tmp"), Path.of("/job"), Path.of("/runtime"));

    /** Places that hold everybody's things: parts of them may be shown, the whole never. */
    private static final List<Path> WHOLE =
            List.of(Path.of("/"), Path.of("/etc"), Path.of("/run"), Path.of("/var/run"));

    /** Files that a jail has its own of. */
    private static final List<Path> SYNTHETIC = List.of(
            Path.of("/etc/passwd"),
            Path.of("/etc/group"),
            Path.of("/etc/hosts"),
            Path.of("/etc/nsswitch.conf"),
            Path.of("/etc/localtime"));

    private HostPaths() {}

    /**
     * The access that a policy asks for.
     *
     * @throws IllegalArgumentException if it can't be given; the message goes on from the path
     */
    static Access access(String text, boolean writable) {
        Path path = absolute(text);
        refuseReserved(path, "");
        Path source = source(path);
        if (!source.equals(path)) {
            refuseReserved(source, " leads to " + source + ", which");
        }
        boolean directory = isDirectory(source);
        if (writable && !directory) {
            throw new IllegalArgumentException("is a file; only directories can be written to");
        }
        return new Access(path, source, writable, directory);
    }

    private static Path absolute(String text) {
        try {
            Path path = Path.of(text);
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("has to be an absolute path");
            }
            if (!path.equals(path.normalize())) {
                throw new IllegalArgumentException("must not contain . or ..");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is no path", e);
        }
    }

    private static void refuseReserved(Path path, String how) {
        for (Path closed : CLOSED) {
            if (path.startsWith(closed)) {
                throw new IllegalArgumentException((how + " lies in " + closed + ", which a jail never shows").strip());
            }
        }
        if (WHOLE.contains(path)) {
            throw new IllegalArgumentException((how + " is too much: name what is needed of it").strip());
        }
        if (SYNTHETIC.contains(path)) {
            throw new IllegalArgumentException((how + " is a file that every jail has its own of").strip());
        }
    }

    private static Path source(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "can't be followed to its end" : "does not exist",
                    e);
        }
    }

    private static boolean isDirectory(Path source) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class);
            if (attributes.isOther()) {
                throw new IllegalArgumentException("is a socket, pipe or device, which a jail never shows");
            }
            return attributes.isDirectory();
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be looked at", e);
        }
    }
}
