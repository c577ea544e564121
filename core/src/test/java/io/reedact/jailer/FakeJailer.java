package io.reedact.jailer;

import io.reedact.wire.Frame;
import io.reedact.wire.FrameCodec;
import io.reedact.wire.FrameType;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A jailer that says what a test wants, over a real socket and in real frames. */
public final class FakeJailer implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final Path socket;

    /** What it does with a connection after the hello. */
    public interface Script {
        void play(SocketChannel client) throws IOException;
    }

    public FakeJailer(Path folder) throws IOException {
        socket = folder.resolve("jailer.sock");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
    }

    /** Serves one connection by a script, on a thread of its own; what the script throws ends the future so. */
    public CompletableFuture<Void> serve(int version, Script script) {
        CompletableFuture<Void> played = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (SocketChannel client = listener.accept()) {
                FrameCodec.read(client);
                FrameCodec.write(client, new Frame(FrameType.HELLO_BACK, 0, new byte[] {
                    0, (byte) version, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
                }));
                script.play(client);
                played.complete(null);
                drain(client);
            } catch (IOException | RuntimeException | Error e) {
                played.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return played;
    }

    /** A real jailer stays until its client goes: closing at once would break what the client is still sending. */
    private static void drain(SocketChannel client) {
        try {
            while (client.isOpen()) {
                FrameCodec.read(client);
            }
        } catch (IOException e) {
            return; // the client has gone
        }
    }

    /** A connection to it, as the engine gets one. */
    public JailerConnection connect() throws IOException {
        return JailerConnection.open(socket, false);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
    }
}
