package io.reedact.runtime;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** Finds the interpreter of a descriptor on this host, and asks it and its linker what is to be known. */
final class InstallationFinder {
    /** What stands before a library's path: {@code libm.so.6 => /lib/libm.so.6 (0x7f...)}. */
    private static final String FOUND = " => /";

    private final InstallationCache cache;

    InstallationFinder(InstallationCache cache) {
        this.cache = cache;
    }

    /**
     * The installation that a descriptor means.
     *
     * @throws RequestException if there is none, or it does not say its version
     */
    Installation find(Descriptor descriptor) {
        Path candidate = firstThatExists(descriptor);
        try {
            Path interpreter = candidate.toRealPath();
            Installation known = cache.find(interpreter);
            if (known != null) {
                return known;
            }
            String loader = ElfHeader.loader(interpreter);
            Installation found = new Installation(
                    interpreter, version(descriptor, interpreter), loader, libraries(loader, interpreter));
            cache.add(found);
            return found;
        } catch (IOException e) {
            throw missing(descriptor, "the interpreter of " + descriptor.name() + " can't be used: " + e.getMessage());
        }
    }

    /** Its own name as an admin knows it: what else leads to the same program. */
    static Path firstThatExists(Descriptor descriptor) {
        for (Path candidate : descriptor.interpreters()) {
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw missing(
                descriptor,
                "no interpreter for " + descriptor.name() + ": none of " + descriptor.interpreters() + " exists");
    }

    private static RequestException missing(Descriptor descriptor, String message) {
        return new RequestException(Problem.of(
                ProblemCode.INTERPRETER_MISSING,
                message,
                "install it, or name another in /etc/reedact/runtimes/" + descriptor.name() + "/runtime.toml"));
    }

    private static String version(Descriptor descriptor, Path interpreter) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(interpreter.toString());
        command.addAll(descriptor.version().arguments());
        String answer = Questions.ask(command);
        Matcher matcher = descriptor.version().pattern().matcher(answer);
        if (!matcher.find() || matcher.groupCount() < 1) {
            throw new RequestException(Problem.of(
                    ProblemCode.RUNTIME_VERSION_UNKNOWN,
                    interpreter + " says nothing that fits "
                            + descriptor.version().pattern(),
                    null));
        }
        return matcher.group(1);
    }

    /** The libraries that the dynamic linker finds for a program (ld.so(8), --list). */
    private static List<String> libraries(String loader, Path interpreter) throws IOException {
        List<String> libraries = new ArrayList<>();
        if (loader.isEmpty()) {
            return libraries;
        }
        for (String line : Questions.ask(List.of(loader, "--list", interpreter.toString()))
                .lines()
                .toList()) {
            int start = line.indexOf(FOUND) + FOUND.length() - 1;
            int end = line.indexOf(" (", start);
            if (line.contains(FOUND) && end > start) {
                libraries.add(line.substring(start, end));
            }
        }
        return libraries;
    }
}
