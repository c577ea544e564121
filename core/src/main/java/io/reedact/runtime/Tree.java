package io.reedact.runtime;

import java.nio.file.Path;

/**
 * A piece of the host's file system that a jail shows.
 *
 * @param source on the host, without symbolic links
 * @param target absolute, in the jail
 * @param kind how it is shown
 */
public record Tree(Path source, String target, Kind kind) {
    /** How a tree is shown; the order is the wire's. */
    public enum Kind {
        /** A directory, read-only, with inodes of the jail's own. */
        DIRECTORY,
        /** One file, likewise. */
        FILE,
        /** A directory of the host's that the guest may change. */
        WRITABLE
    }
}
