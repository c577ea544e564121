package io.reedact.problem;

/** Who can mend a problem, and the exit status of a command that ends with it. */
public enum Fault {
    /** The caller or an admin: a flag, a request, a policy file, a descriptor. */
    USAGE(2),
    /** The host: it cannot isolate as the policy asks. */
    HOST(5),
    /** We: a defect of this program, or its native part is gone. */
    OURS(70);

    private final int exitStatus;

    Fault(int exitStatus) {
        this.exitStatus = exitStatus;
    }

    /** The exit status of a command that ends with such a problem. */
    public int exitStatus() {
        return exitStatus;
    }
}
