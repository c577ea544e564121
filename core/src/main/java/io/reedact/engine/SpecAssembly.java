package io.reedact.engine;

import io.reedact.policy.Access;
import io.reedact.policy.Rules;
import io.reedact.problem.PolicyFileException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.runtime.LanguageRuntime;
import io.reedact.runtime.RootLayout;
import io.reedact.runtime.Tree;
import io.reedact.wire.JailSpec;
import io.reedact.wire.TooLargeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jail for one execution: what its runtime needs and its policy shows. */
final class SpecAssembly {
    private static final String HOST_NAME = "jail";
    private static final Map<String, String> ETC = Map.of(
            "/etc/passwd", "guest:x:1000:1000:guest:/job:/bin/false\n",
            "/etc/group", "guest:x:1000:\n",
            "/etc/hosts", "127.0.0.1 localhost jail\n::1 localhost jail\n",
            "/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");

    private SpecAssembly() {}

    /**
     * The encoded spec.
     *
     * @throws PolicyFileException if the policy asks for more than the jailer can be told
     */
    static byte[] encode(String policy, Rules rules, LanguageRuntime runtime) {
        try {
            return spec(rules, runtime).encode();
        } catch (TooLargeException e) {
            String message = "the jail of policy '" + policy + "' is too large to be described: " + e.getMessage();
            throw new PolicyFileException(Problem.of(ProblemCode.JAIL_TOO_LARGE, message, null), e);
        }
    }

    private static JailSpec spec(Rules rules, LanguageRuntime runtime) {
        return new JailSpec(
                rules.optionalLayers(),
                runtime.startTime(),
                runtime.startMemory(),
                rules.limits(),
                program(rules, runtime),
                layout(rules, runtime),
                files(rules, runtime),
                JailSpec.encodeFilter(rules.syscalls()));
    }

    private static JailSpec.Program program(Rules rules, LanguageRuntime runtime) {
        return new JailSpec.Program(
                runtime.interpreter().toString(),
                runtime.arguments(rules.limits().memory()),
                environment(rules),
                HOST_NAME);
    }

    /** Built from nothing; the policy's own entries win. */
    private static List<String> environment(Rules rules) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("HOME", "/job");
        variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        variables.put("LANG", rules.locale());
        variables.put("LC_ALL", rules.locale());
        variables.put("TZ", rules.timeZone());
        variables.put("TMPDIR", "/tmp");
        variables.put("USER", "guest");
        variables.putAll(rules.environment());
        List<String> entries = new ArrayList<>();
        variables.forEach((name, value) -> entries.add(name + "=" + value));
        return entries;
    }

    private static RootLayout layout(Rules rules, LanguageRuntime runtime) {
        List<Tree> trees = new ArrayList<>(runtime.layout().trees());
        for (Access access : rules.visiblePaths()) {
            Tree.Kind kind =
                    access.writable() ? Tree.Kind.WRITABLE : access.directory() ? Tree.Kind.DIRECTORY : Tree.Kind.FILE;
            addTree(trees, new Tree(access.source(), access.path().toString(), kind));
        }
        return new RootLayout(runtime.layout().symlinks(), trees);
    }

    /** What lies read-only below something that is shown already is there; everything else is a tree of its own. */
    private static void addTree(List<Tree> trees, Tree more) {
        boolean isThere = more.kind() != Tree.Kind.WRITABLE
                && trees.stream()
                        .anyMatch(tree -> tree.kind() == Tree.Kind.DIRECTORY
                                && (more.target() + "/").startsWith(tree.target() + "/"));
        if (!isThere) {
            trees.add(more);
        }
    }

    private static Map<String, byte[]> files(Rules rules, LanguageRuntime runtime) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        ETC.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        files.put("/etc/localtime", TimeZones.read(rules.timeZone()));
        byte[] linkerCache = runtime.linkerCache();
        if (linkerCache.length > 0) {
            files.put("/etc/ld.so.cache", linkerCache);
        }
        return files;
    }
}
