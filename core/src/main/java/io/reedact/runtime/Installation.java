package io.reedact.runtime;

import java.nio.file.Path;
import java.util.List;

/**
 * An interpreter as it is installed on this host.
 *
 * @param interpreter its real path
 * @param version what it says it is
 * @param loader the dynamic linker that its ELF header names; empty for a static program
 * @param libraries the folders in which that finds its libraries, as it names them
 */
record Installation(Path interpreter, String version, String loader, List<String> libraries) {}
