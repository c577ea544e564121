package io.reedact.policy;

import io.reedact.problem.PolicyFileException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policies of some directories. A policy is read when it is first asked for, and kept. May be used by any number of
 * threads.
 */
public final class Policies {
    private final PolicyFolders folders;
    private final Set<String> languages;
    private final Map<String, Policy> policies = new ConcurrentHashMap<>();
    private final SyscallGroupsFile groups;

    private Policies(PolicyFolders folders, Set<String> languages) {
        this.folders = folders;
        this.languages = Set.copyOf(languages);
        this.groups = new SyscallGroupsFile(folders);
    }

    /**
     * The policies of directories.
     *
     * @param directories looked at in this order; those that don't exist hold nothing. The last one that has a
     *     {@code syscalls.toml} gives the groups of system calls
     * @param languages the names of languages, for which policies can have sections
     */
    public static Policies open(List<Path> directories, Set<String> languages) {
        return new Policies(new PolicyFolders(directories), languages);
    }

    /**
     * The policy of a name, or of a file where there is a slash in it or it ends in {@code .toml}. Reads files when it is
     * asked for the first time.
     *
     * @throws RequestException if there is none
     * @throws PolicyFileException if it, or one that it extends, can't be used; with everything that is wrong in them
     */
    public Policy find(String nameOrFile) {
        Policy known = policies.get(nameOrFile);
        if (known == null) {
            known = read(nameOrFile);
            policies.put(nameOrFile, known);
        }
        return known;
    }

    private Policy read(String nameOrFile) {
        PolicyFolders.Found found = folders.find(nameOrFile);
        if (found == null) {
            boolean file = PolicyFolders.isFile(nameOrFile);
            String help = file ? null : Words.didYouMean(nameOrFile, names());
            String message = (file ? "no policy file '" : "no policy '") + nameOrFile + "'";
            throw new RequestException(Problem.of(ProblemCode.POLICY_NOT_FOUND, message, help));
        }
        Reading reading = new Reading(new TreeSet<>(languages), groups.groups());
        return new PolicyLoader(folders, reading).load(found);
    }

    /** The names of all policies in the directories, sorted. */
    public Set<String> names() {
        return folders.names();
    }

    /**
     * The groups of system calls that policies can name.
     *
     * @throws PolicyFileException if their file is missing or broken
     */
    public SyscallGroups syscallGroups() {
        return groups.groups();
    }
}
