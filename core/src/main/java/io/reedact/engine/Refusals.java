package io.reedact.engine;

import io.reedact.problem.HostException;
import io.reedact.problem.JailerException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.ProblemException;
import io.reedact.wire.Refusal;

/** What to tell a caller whose execution the jailer refused. */
final class Refusals {
    private static final int LONGEST_STDERR = 2_000;

    private Refusals() {}

    static ProblemException tell(RefusedException refused, Prepared prepared) {
        Refusal refusal = refused.refusal();
        String said = sentence(refusal);
        return switch (refusal.kind()) {
            case LAYER ->
                new HostException(Problem.of(
                        ProblemCode.LAYER_MISSING,
                        "this host lacks the layer " + refusal.step()
                                + (refusal.detail().isEmpty() ? "" : ": " + refusal.detail()),
                        "`reedact doctor` says what mends it; a policy may name the layer in optional_layers"));
            case RESOURCES -> new HostException(Problem.of(ProblemCode.HOST_EXHAUSTED, said, null));
            case STEP -> new HostException(Problem.of(ProblemCode.STEP_FAILED, said, null));
            case SPEC -> new JailerException(Problem.of(ProblemCode.SPEC_REFUSED, said, null));
            case INTERPRETER ->
                new JailerException(Problem.of(
                        ProblemCode.GUEST_NOT_READY,
                        prepared.runtime().label() + " did not become ready: " + said + stderr(refused.stderr()),
                        null));
        };
    }

    private static String sentence(Refusal refusal) {
        StringBuilder text = new StringBuilder(refusal.step());
        if (!refusal.detail().isEmpty()) {
            text.append(": ").append(refusal.detail());
        }
        if (refusal.errno() != 0) {
            text.append(" (errno ").append(refusal.errno()).append(')');
        }
        return text.toString();
    }

    private static String stderr(String text) {
        if (text.isBlank()) {
            return "";
        }
        String kept = text.strip();
        return "; it said: " + (kept.length() > LONGEST_STDERR ? kept.substring(0, LONGEST_STDERR) + "…" : kept);
    }
}
