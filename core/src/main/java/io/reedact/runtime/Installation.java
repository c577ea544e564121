package io.reedact.runtime;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An interpreter as it is installed on this host.
 *
 * @param interpreter its real path
 * @param version what it says it is
 * @param loader the dynamic linker that its ELF header names; empty for a static program
 * @param libraries the libraries that the linker finds for it, as it names them
 */
record Installation(Path interpreter, String version, String loader, List<String> libraries) {
    /** Where its libraries lie. */
    Set<Path> libraryFolders() {
        Set<Path> folders = new LinkedHashSet<>();
        libraries.forEach(library -> folders.add(Path.of(library).getParent()));
        return folders;
    }
}
