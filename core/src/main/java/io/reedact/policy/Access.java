package io.reedact.policy;

import java.nio.file.Path;

/**
 * A piece of the host's file system that a jail shows.
 *
 * @param path where the guest sees it: absolute and normal, as the policy names it
 * @param source where it lies on the host: the same without symbolic links, as it was when the policy was read
 * @param writable true for a directory that guests may change
 * @param directory false for a single file
 */
public record Access(Path path, Path source, boolean writable, boolean directory) {

    /** True if whoever has this access has all of that one. */
    boolean covers(Access that) {
        return that.path.startsWith(path) && (writable || !that.writable);
    }

    @Override
    public String toString() {
        return path + (writable ? " (write)" : "");
    }
}
