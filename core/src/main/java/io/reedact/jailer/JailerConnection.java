package io.reedact.jailer;

import io.reedact.problem.JailerException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.wire.Frame;
import io.reedact.wire.FrameCodec;
import io.reedact.wire.Hello;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the jailer. One thread reads; frames are written whole, so that another thread may send CANCEL. Closing it,
 * also by interrupting a thread that uses it, ends the jail that it carries.
 */
public final class JailerConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final @Nullable JailerProcess process;
    private final Object writing = new Object();
    private volatile boolean broken;

    private JailerConnection(SocketChannel channel, @Nullable JailerProcess process) {
        this.channel = channel;
        this.process = process;
    }

    /**
     * Loads what the first Unix socket of a JVM needs; with its random generator that takes as long as starting the jailer,
     * and can be done meanwhile. What goes wrong here goes wrong again for the first connection, and is told there.
     */
    public static void prepare() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException | UnsupportedOperationException e) {
            return;
        }
    }

    static JailerConnection open(Path socket, boolean control) throws IOException {
        return open(socket, control, null);
    }

    /** {@code process} is who listens there, where that is known. */
    static JailerConnection open(Path socket, boolean control, @Nullable JailerProcess process) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            JailerConnection connection = new JailerConnection(channel, process);
            connection.send(Hello.of(control));
            int version = Hello.version(connection.receive());
            if (version != Hello.VERSION) {
                throw new JailerException(Problem.of(
                        ProblemCode.JAILER_WRONG_VERSION,
                        "the jailer speaks version " + version + " of the protocol, this library " + Hello.VERSION,
                        null));
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends one frame; blocks until it is on its way. */
    public void send(Frame frame) throws IOException {
        synchronized (writing) {
            try {
                FrameCodec.write(channel, frame);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }

    /** Receives one frame; blocks until it is whole. */
    public Frame receive() throws IOException {
        try {
            return FrameCodec.read(channel);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    /** What to throw when it broke. */
    public JailerException gone(Throwable cause) {
        if (process != null) {
            return process.gone(cause);
        }
        return new JailerException(
                Problem.of(ProblemCode.JAILER_GONE, "the jailer is gone: its connection ended", null), cause);
    }

    /** Whether it can carry another execution. */
    public boolean isUsable() {
        return !broken && channel.isOpen();
    }

    @Override
    public void close() {
        broken = true;
        try {
            channel.close();
        } catch (IOException e) {
            // A channel whose close fails is closed all the same (Channel.close); nothing depends on the answer.
            broken = true;
        }
    }
}
