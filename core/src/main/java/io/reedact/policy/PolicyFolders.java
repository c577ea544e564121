package io.reedact.policy;

import io.reedact.policy.toml.PreparedFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where policy files are looked for. */
final class PolicyFolders {
    static final String GROUPS = "syscalls";
    private static final String ENDING = ".toml";

    private final List<Path> directories;
    private @Nullable PreparedFiles prepared;

    PolicyFolders(List<Path> directories) {
        List<Path> absolute = new ArrayList<>();
        for (Path directory : directories) {
            absolute.add(directory.toAbsolutePath().normalize());
        }
        this.directories = absolute;
    }

    /**
     * A policy file.
     *
     * @param name of the file without its ending
     * @param shown the file as its reader knows it
     */
    record Found(String name, Path path, String shown) {}

    /** True if a text names a file and not a policy of the directories. */
    static boolean isFile(String nameOrFile) {
        return nameOrFile.indexOf('/') >= 0 || nameOrFile.endsWith(ENDING);
    }

    /** The file of a policy; null if there is none. */
    @Nullable
    Found find(String nameOrFile) {
        return isFile(nameOrFile) ? file(nameOrFile, nameOrFile) : named(nameOrFile, 0);
    }

    /**
     * The file of a policy that another one extends; null if there is none. Paths are relative to that other one. A policy
     * that extends its own name means the one in a later directory: so admins can change a bundled one.
     */
    @Nullable
    Found findFrom(Found from, String nameOrFile) {
        if (isFile(nameOrFile)) {
            try {
                String shown = Path.of(from.shown())
                        .resolveSibling(nameOrFile)
                        .normalize()
                        .toString();
                return file(from.path().resolveSibling(nameOrFile).toString(), shown);
            } catch (InvalidPathException e) {
                return null;
            }
        }
        Path parent = from.path().getParent();
        int own = nameOrFile.equals(from.name()) && parent != null ? directories.indexOf(parent) : -1;
        return named(nameOrFile, own + 1);
    }

    private static @Nullable Found file(String file, String shown) {
        try {
            Path path = Path.of(file).toAbsolutePath().normalize();
            return Files.exists(path) ? new Found(stem(path), path, shown) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private @Nullable Found named(String name, int from) {
        if (!isName(name)) {
            return null;
        }
        for (Path directory : directories.subList(from, directories.size())) {
            Path path = directory.resolve(name.concat(ENDING));
            if (Files.exists(path)) {
                return new Found(name, path, path.toString());
            }
        }
        return null;
    }

    /** Names come from templates and requests: nothing that could leave the directories. */
    private static boolean isName(String name) {
        boolean plain = !name.isEmpty() && !name.equals(GROUPS) && Character.isLetterOrDigit(name.charAt(0));
        for (int i = 0; plain && i < name.length(); i++) {
            plain = Character.isLetterOrDigit(name.charAt(i)) || "._-".indexOf(name.charAt(i)) >= 0;
        }
        return plain;
    }

    private static String stem(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /** The names of all policies, sorted. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Path directory : directories) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
                for (Path file : files) {
                    names.add(stem(file));
                }
            } catch (IOException absent) {
                // A directory that is not there, or not ours to read, holds nothing.
            }
        }
        names.remove(GROUPS);
        return names;
    }

    /** The file with the groups of system calls, which belongs to the program: the last directory's. */
    @Nullable
    Path groups() {
        for (int i = directories.size() - 1; i >= 0; i--) {
            Path path = directories.get(i).resolve(GROUPS + ENDING);
            if (Files.exists(path)) {
                return path;
            }
        }
        return null;
    }

    /** What of the files needs no parsing: it lies beside the groups of system calls. */
    synchronized PreparedFiles prepared() {
        PreparedFiles known = prepared;
        if (known == null) {
            Path groups = groups();
            known = PreparedFiles.of(groups == null ? null : groups.getParent());
            prepared = known;
        }
        return known;
    }
}
