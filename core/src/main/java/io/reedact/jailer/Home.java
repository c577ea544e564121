package io.reedact.jailer;

import io.reedact.problem.HostException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder that holds {@code runtimes/}, {@code policies/} and {@code bin/reedact-jailer}.
 *
 * @param folder absolute
 */
public record Home(Path folder) {
    private static final Path INSTALLED = Path.of("/usr/lib/reedact");
    private static final String JAILER = "bin/reedact-jailer";

    /**
     * The first of {@code $REEDACT_HOME}, {@code /usr/lib/reedact}, and what this library's own jar carries, unpacked to the
     * user's cache folder.
     *
     * @throws HostException if {@code $REEDACT_HOME} is no such folder, or the jar can't be unpacked
     */
    public static Home find(Map<String, String> environment) {
        String named = environment.get("REEDACT_HOME");
        if (named != null && !named.isEmpty()) {
            return require(Path.of(named).toAbsolutePath(), "REEDACT_HOME");
        }
        if (Files.isDirectory(INSTALLED.resolve("runtimes"))) {
            return new Home(INSTALLED);
        }
        return new Home(JarUnpacker.unpack(CacheFolder.find(environment)));
    }

    private static Home require(Path folder, String name) {
        if (!Files.isDirectory(folder.resolve("runtimes"))) {
            throw new HostException(Problem.of(
                    ProblemCode.FOLDER_UNUSABLE,
                    name + " is " + folder + ", which has no folder runtimes",
                    "point " + name + " to an installation's folder, or leave it unset"));
        }
        return new Home(folder);
    }

    /** The bundled runtimes. */
    public Path runtimes() {
        return folder.resolve("runtimes");
    }

    /** The bundled policies. */
    public Path policies() {
        return folder.resolve("policies");
    }

    /**
     * The jailer's program: {@code $REEDACT_JAILER}, else the home's own.
     *
     * @throws HostException if there is none, or it may not be executed
     */
    public Path jailer(Map<String, String> environment) {
        String named = environment.get("REEDACT_JAILER");
        Path program = named == null || named.isEmpty()
                ? folder.resolve(JAILER)
                : Path.of(named).toAbsolutePath();
        if (!Files.isExecutable(program)) {
            String found = Files.exists(program) ? " may not be executed" : " does not exist";
            throw new HostException(Problem.of(
                    ProblemCode.JAILER_MISSING,
                    "the jailer " + program + found,
                    Files.exists(program) ? "is its folder on a file system mounted noexec?" : null));
        }
        return program;
    }
}
