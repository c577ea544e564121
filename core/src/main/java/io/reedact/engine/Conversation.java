package io.reedact.engine;

import io.reedact.jailer.JailerConnection;
import io.reedact.wire.Frame;
import io.reedact.wire.FrameType;
import io.reedact.wire.Messages;
import io.reedact.wire.OutcomeFacts;
import io.reedact.wire.ProtocolException;
import io.reedact.wire.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;

/**
 * One execution over one connection, on one thread: everything is sent within the windows that the protocol gives, and in
 * between frames are read. So neither side ever waits for the other to read: the jailer takes what we may send, and we read
 * whenever we may not.
 */
final class Conversation {
    private final JailerConnection connection;
    private final int id;
    private final Outgoing job;
    private final Outgoing stdin;
    private final ByteArrayOutputStream stdoutSeen = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderrSeen = new ByteArrayOutputStream();
    private final ByteArrayOutputStream valueSeen = new ByteArrayOutputStream();
    private volatile boolean ready;

    Conversation(JailerConnection connection, int id, byte[] job, byte[] stdin) {
        this.connection = connection;
        this.id = id;
        this.job = new Outgoing(FrameType.JOB_DATA, job);
        this.stdin = new Outgoing(FrameType.STDIN_DATA, stdin);
    }

    /** Whether the guest has been ready for its job; from then on the execution can't be begun anew. */
    boolean wasReady() {
        return ready;
    }

    /** Asks for its end, from any thread. The answer then says cancelled, unless it had ended before. */
    void cancel() throws IOException {
        connection.send(new Frame(FrameType.CANCEL, id, new byte[0]));
    }

    /**
     * Runs it to its end; blocks. However it fails without one, the connection is closed, and the jail with it.
     *
     * @throws RefusedException if no job ran
     * @throws IOException if the connection broke
     */
    Answer run(byte[] spec, byte[] limits, Cancellation cancellation) throws IOException, RefusedException {
        boolean ended = false;
        try {
            Answer answer = converse(spec, limits, cancellation);
            ended = true;
            return answer;
        } catch (RefusedException e) {
            ended = true;
            throw e;
        } finally {
            if (!ended) {
                connection.close();
            }
        }
    }

    private Answer converse(byte[] spec, byte[] limits, Cancellation cancellation)
            throws IOException, RefusedException {
        connection.send(new Frame(FrameType.SPEC, id, spec));
        cancellation.attach(this);
        connection.send(new Frame(FrameType.JOB, id, limits));
        while (true) {
            sendWhatFits();
            Frame frame = connection.receive();
            if (frame.execution() != id) {
                throw new ProtocolException("frame for execution " + frame.execution() + " where " + id + " runs");
            }
            if (frame.type() == FrameType.OUTCOME) {
                return new Answer(
                        OutcomeFacts.decode(frame.payload()),
                        stdoutSeen.toByteArray(),
                        stderrSeen.toByteArray(),
                        valueSeen.toByteArray());
            }
            take(frame);
        }
    }

    /** Where it fails the jailer is gone; what it has said before decides whether the guest was ready, and is still read. */
    private void sendWhatFits() throws ClosedChannelException {
        try {
            job.send();
            stdin.send();
        } catch (ClosedChannelException e) {
            throw e; // by us: there is nothing to read any more
        } catch (IOException e) {
            return; // after the last frame the same is found by who reads
        }
    }

    private void take(Frame frame) throws IOException, RefusedException {
        switch (frame.type()) {
            case FrameType.READY -> {
                Messages.ready(frame.payload());
                stdoutSeen.reset();
                stderrSeen.reset();
                ready = true;
            }
            case FrameType.CREDIT -> credit(Messages.Credit.decode(frame.payload()));
            case FrameType.OUTPUT -> keep(Messages.Piece.decode(frame.payload()));
            case FrameType.REFUSED ->
                throw new RefusedException(
                        Refusal.decode(frame.payload()), stderrSeen.toString(StandardCharsets.UTF_8));
            default -> throw new ProtocolException("frame of unknown type " + frame.type());
        }
    }

    private void credit(Messages.Credit credit) throws ProtocolException {
        (credit.channel() == Messages.JOB ? job : stdin).credit(credit.bytes());
    }

    private void keep(Messages.Piece piece) {
        ByteArrayOutputStream seen = piece.channel() == Messages.STDOUT
                ? stdoutSeen
                : piece.channel() == Messages.STDERR ? stderrSeen : valueSeen;
        seen.writeBytes(piece.bytes());
    }

    /** Bytes on their way to one channel of the guest. */
    private final class Outgoing {
        private final int type;
        private final byte[] bytes;
        private int sent;
        private int window = Messages.WINDOW_BYTES;
        private boolean done;

        private Outgoing(int type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        /** Sends as much as the window takes; the last piece says that it is the last, also where there is nothing. */
        private void send() throws IOException {
            while (!done && (window > 0 || sent == bytes.length)) {
                int size = Math.min(Math.min(window, Messages.CHUNK_BYTES), bytes.length - sent);
                connection.send(new Frame(type, id, Messages.data(bytes, sent, size)));
                sent += size;
                window -= size;
                done = sent == bytes.length;
            }
        }

        private void credit(int more) throws ProtocolException {
            window += more;
            if (window > Messages.WINDOW_BYTES) {
                throw new ProtocolException("credit beyond the window");
            }
        }
    }
}
