package io.reedact.policy;

import io.reedact.policy.toml.Table;
import io.reedact.problem.Location;
import io.reedact.problem.PolicyFileException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups of system calls, read when they are first needed. */
final class SyscallGroupsFile {
    private final PolicyFolders folders;
    private @Nullable SyscallGroups groups;

    SyscallGroupsFile(PolicyFolders folders) {
        this.folders = folders;
    }

    /** The groups; a file that is missing or broken is a {@link PolicyFileException}. */
    synchronized SyscallGroups groups() {
        SyscallGroups known = groups;
        if (known == null) {
            known = read();
            groups = known;
        }
        return known;
    }

    private SyscallGroups read() {
        Path path = folders.groups();
        if (path == null) {
            String message = "there is no syscalls.toml in any of the policy directories";
            Location location = Location.of("syscalls.toml");
            throw new PolicyFileException(new Problem(ProblemCode.BAD_CALL_GROUPS, message, location, null));
        }
        List<Problem> problems = new ArrayList<>();
        Table file = PolicyText.parse(path, path.toString(), folders.prepared(), problems)
                .table();
        return SyscallGroupsReader.read(file, problems);
    }
}
