package io.reedact.policy;

import io.reedact.policy.toml.Node;
import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Paths of the host that jails show. A parent in the inherited list covers what lies below it. */
final class AccessKind extends ListKind<Access> {
    private static final List<String> KEYS = List.of("path", "access");
    private static final List<String> ACCESSES = List.of("read", "write");

    private static final String EXAMPLE = "{ path = \"/srv/shop/out\", access = \"write\" }";

    private final boolean directoriesOnly;

    /** With directoriesOnly, files are refused and nothing can be made writable. */
    AccessKind(boolean directoriesOnly) {
        this.directoriesOnly = directoriesOnly;
    }

    @Override
    String wants() {
        return directoriesOnly
                ? "a list of directories such as [\"/srv/shop/vendor\"]"
                : "a list such as [\"/srv/shop/data\", " + EXAMPLE + "]";
    }

    @Override
    @Nullable
    List<Access> read(Entry entry, Reading reading) {
        List<Access> accesses = super.read(entry, reading);
        Set<Path> paths = new HashSet<>();
        for (Access access : accesses == null ? List.<Access>of() : accesses) {
            if (!paths.add(access.path())) {
                String message = entry.key() + " lists " + access.path() + " twice, with and without write";
                reading.add(ProblemCode.PATH_REFUSED, message, entry.node().place(), null);
                return null;
            }
        }
        return accesses;
    }

    @Override
    @Nullable
    Access readItem(Entry entry, Node item, Reading reading) {
        Table table = item.table();
        if (item.text() != null) {
            return access(item.text(), false, item, reading);
        }
        if (table == null || directoriesOnly) {
            addWrongItem(entry, item, directoriesOnly ? "the path of a directory" : "a path or " + EXAMPLE, reading);
            return null;
        }
        return tableItem(entry, item, table, reading);
    }

    private @Nullable Access tableItem(Entry entry, Node item, Table table, Reading reading) {
        int before = reading.problems().size();
        for (Entry unknown : table.entries()) {
            if (!KEYS.contains(unknown.key())) {
                String message = "unknown key '" + unknown.key() + "'";
                reading.add(ProblemCode.UNKNOWN_KEY, message, unknown.place(), Words.didYouMean(unknown.key(), KEYS));
            }
        }
        Entry access = table.find("access");
        boolean writable = access != null && "write".equals(access.node().text());
        if (access != null && !ACCESSES.contains(String.valueOf(access.node().text()))) {
            String message =
                    "access is \"read\" or \"write\", found " + access.node().description();
            reading.add(ProblemCode.WRONG_TYPE, message, access.node().place(), null);
        }
        Entry path = table.find("path");
        String text = path == null ? null : path.node().text();
        if (path == null || text == null) {
            addWrongItem(entry, item, "a path or " + EXAMPLE, reading);
            return null;
        }
        Access found = access(text, writable, path.node(), reading);
        return reading.problems().size() == before ? found : null;
    }

    private @Nullable Access access(@Nullable String text, boolean writable, Node node, Reading reading) {
        String path = String.valueOf(text);
        try {
            Access access = HostPaths.access(path, writable);
            if (!directoriesOnly || access.directory()) {
                return access;
            }
            reading.add(ProblemCode.PATH_REFUSED, path + " is no directory", node.place(), null);
        } catch (IllegalArgumentException e) {
            reading.add(ProblemCode.PATH_REFUSED, path + " " + e.getMessage(), node.place(), null);
        }
        return null;
    }

    @Override
    boolean allowsMore(List<Access> mine, List<Access> inherited, Reading reading) {
        for (Access wanted : mine) {
            boolean covered = false;
            for (Access given : inherited) {
                covered |= given.covers(wanted);
            }
            if (!covered) {
                return true;
            }
        }
        return false;
    }
}
