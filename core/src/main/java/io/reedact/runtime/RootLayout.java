package io.reedact.runtime;

import java.util.List;

/**
 * What a jail shows of the host.
 *
 * @param symlinks made before the trees
 * @param trees none inside another, but for writable ones
 */
public record RootLayout(List<Symlink> symlinks, List<Tree> trees) {
    public RootLayout {
        symlinks = List.copyOf(symlinks);
        trees = List.copyOf(trees);
    }
}
