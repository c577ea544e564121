package io.reedact.engine;

import io.reedact.execution.LimitKind;
import io.reedact.policy.Layer;
import io.reedact.wire.Answers;
import io.reedact.wire.Frame;
import io.reedact.wire.FrameCodec;
import io.reedact.wire.FrameType;
import io.reedact.wire.Messages;
import io.reedact.wire.OutcomeFacts;
import io.reedact.wire.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The jailer's side of one execution, in a test's words. */
final class Exchange {
    private final SocketChannel client;
    private final int id;
    private final String spec;

    private Exchange(SocketChannel client, Frame spec) {
        this.client = client;
        this.id = spec.execution();
        this.spec = new String(spec.payload(), StandardCharsets.ISO_8859_1);
    }

    /** Waits for a SPEC; what comes before it belongs to an execution that has ended. */
    static Exchange begin(SocketChannel client) throws IOException {
        Frame frame = FrameCodec.read(client);
        while (frame.type() != FrameType.SPEC) {
            frame = FrameCodec.read(client);
        }
        return new Exchange(client, frame);
    }

    int id() {
        return id;
    }

    /** The encoded spec, a character a byte. */
    String spec() {
        return spec;
    }

    SocketChannel client() {
        return client;
    }

    Exchange send(int type, byte[] payload) throws IOException {
        FrameCodec.write(client, new Frame(type, id, payload));
        return this;
    }

    Exchange ready() throws IOException {
        return send(FrameType.READY, Answers.ready(5_000_000));
    }

    Exchange stdout(String text) throws IOException {
        return output(Messages.STDOUT, text);
    }

    Exchange stderr(String text) throws IOException {
        return output(Messages.STDERR, text);
    }

    Exchange value(String json) throws IOException {
        return output(Messages.VALUE, json);
    }

    private Exchange output(int channel, String text) throws IOException {
        return send(FrameType.OUTPUT, Answers.output(channel, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes the job to its end, giving credit for it, and returns it. */
    String job() throws IOException {
        return taken(FrameType.JOB_DATA, Messages.JOB);
    }

    String stdin() throws IOException {
        return taken(FrameType.STDIN_DATA, Messages.STDIN);
    }

    private String taken(int type, int channel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            byte[] payload = next(type);
            bytes.write(payload, 1, payload.length - 1);
            if (payload[0] == 1) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            send(FrameType.CREDIT, Answers.credit(channel, payload.length - 1));
        }
    }

    /** Reads up to the next frame of a type and returns its payload. */
    byte[] next(int type) throws IOException {
        while (true) {
            Frame frame = FrameCodec.read(client);
            if (frame.type() == type) {
                return frame.payload();
            }
        }
    }

    void refused(Refusal.Kind kind, String step, int errno, String detail) throws IOException {
        send(FrameType.REFUSED, Answers.refused(new Refusal(kind, step, errno, detail)));
    }

    void exited(int code) throws IOException {
        outcome(new OutcomeFacts.Verdict(OutcomeFacts.Cause.EXITED, code, 0, 0, 0, 0), List.of());
    }

    void signaled(int signal) throws IOException {
        outcome(new OutcomeFacts.Verdict(OutcomeFacts.Cause.SIGNALED, 0, signal, 0, 0, 0), List.of());
    }

    void cancelled() throws IOException {
        outcome(new OutcomeFacts.Verdict(OutcomeFacts.Cause.CANCELLED, 0, 0, 0, 0, 0), List.of());
    }

    void limit(LimitKind kind, long limit, long used) throws IOException {
        outcome(new OutcomeFacts.Verdict(OutcomeFacts.Cause.LIMIT, 0, 0, kind.ordinal() + 1, limit, used), List.of());
    }

    void violated(OutcomeFacts.Denied... violations) throws IOException {
        outcome(new OutcomeFacts.Verdict(OutcomeFacts.Cause.VIOLATED, 0, 0, 0, 0, 0), List.of(violations));
    }

    void outcome(OutcomeFacts.Verdict verdict, List<OutcomeFacts.Denied> violations) throws IOException {
        outcome(facts(verdict, violations));
    }

    void outcome(OutcomeFacts facts) throws IOException {
        send(FrameType.OUTCOME, Answers.outcome(facts));
    }

    /** All that is counted is a number of its own, so that a mix-up shows. */
    static OutcomeFacts facts(OutcomeFacts.Verdict verdict, List<OutcomeFacts.Denied> violations) {
        return new OutcomeFacts(
                verdict,
                new OutcomeFacts.Used(11, 12, 13, 14, 15, 3, 2, 18, 19, 20, 21, 22),
                5_000_000,
                6_000_000,
                7,
                Layer.bits(Set.of(Layer.SECCOMP, Layer.LANDLOCK)),
                4,
                !violations.isEmpty(),
                violations);
    }
}
