package io.reedact.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects what a jail shows, so that each path means there what it means on the host: every symbolic link on the way is
 * made again, and what it leads to is shown where it really lies.
 */
final class LayoutBuilder {
    /** As many as the kernel follows (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    /** Where directories lie that are shown late, and the link to it that a prelude makes to have them at their paths. */
    private static final String LATE_FOLDER = "/late";

    private static final String LATE_LINK = "/tmp/.late";

    private final Map<String, Symlink> symlinks = new LinkedHashMap<>();
    private final List<Tree> trees = new ArrayList<>();

    /** Paths that were looked at and are no symbolic links. */
    private final Set<Path> plain = new HashSet<>();

    /** Shows a file or directory of the host. One that does not exist is passed over: not every host has all of them. */
    LayoutBuilder show(Path path) throws IOException {
        if (!Files.exists(path)) {
            return this; // asked first: to follow what is not there makes an exception for each part of it
        }
        Path real = follow(path.normalize());
        if (Files.isDirectory(real)) {
            add(new Tree(real, real.toString(), Tree.Kind.DIRECTORY));
        } else if (Files.isRegularFile(real)) {
            add(new Tree(real, real.toString(), Tree.Kind.FILE));
        }
        return this;
    }

    /** Shows a directory of the host at another place. */
    LayoutBuilder showAt(Path source, String target) throws IOException {
        add(new Tree(source.toRealPath(), target, Tree.Kind.DIRECTORY));
        return this;
    }

    /**
     * Shows a directory of the host in such a way that at its path there is nothing yet when the interpreter starts: a
     * symbolic link that leads to it as soon as the prelude has made {@code /tmp/.late} a link to {@code /late}.
     */
    LayoutBuilder showLate(Path path) throws IOException {
        Path parent = path.normalize().getParent();
        if (parent == null || !Files.isDirectory(path)) {
            return this;
        }
        Path late = follow(parent).resolve(path.getFileName());
        symlinks.put(late.toString(), new Symlink(late.toString(), LATE_LINK + late));
        return showAt(path, LATE_FOLDER + late);
    }

    private Path follow(Path path) throws IOException {
        Path open = path;
        for (int links = 0; links < MOST_LINKS; links++) {
            Path link = firstLink(open);
            if (link == null) {
                return open;
            }
            Path target = Files.readSymbolicLink(link);
            symlinks.put(link.toString(), new Symlink(link.toString(), target.toString()));
            open = link.resolveSibling(target).resolve(link.relativize(open)).normalize();
        }
        throw new IOException("too many symbolic links on the way to " + path);
    }

    private @org.jspecify.annotations.Nullable Path firstLink(Path path) {
        for (int length = 1; length <= path.getNameCount(); length++) {
            Path part = path.getRoot().resolve(path.subpath(0, length));
            if (plain.contains(part)) {
                continue;
            }
            if (Files.isSymbolicLink(part)) {
                return part;
            }
            plain.add(part);
        }
        return null;
    }

    private void add(Tree more) {
        for (Tree tree : trees) {
            if (isInside(more, tree)) {
                return;
            }
        }
        trees.removeIf(tree -> isInside(tree, more));
        trees.add(more);
    }

    private static boolean isInside(Tree inner, Tree outer) {
        return outer.kind() == Tree.Kind.DIRECTORY && (inner.target() + "/").startsWith(outer.target() + "/");
    }

    RootLayout build() {
        return new RootLayout(List.copyOf(symlinks.values()), trees);
    }
}
