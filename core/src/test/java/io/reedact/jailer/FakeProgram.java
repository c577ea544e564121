package io.reedact.jailer;

import io.reedact.wire.Answers;
import io.reedact.wire.Frame;
import io.reedact.wire.FrameCodec;
import io.reedact.wire.FrameType;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A program to start in the jailer's place. The process is a shell that only writes down what it was asked for, says
 * {@code ready} when its socket is there, and sleeps; whoever connects is served by threads of the test. Like the jailer it
 * ends with its control connection.
 */
public final class FakeProgram implements AutoCloseable {
    private static final String SHELL = """
            #!/bin/sh
            echo "$2" > "$0.new.$$"
            mv "$0.new.$$" "$0.asked.$$"
            until [ -S "$2" ]; do sleep 0.01; done
            echo ready
            exec sleep 60
            """;

    private final Path file;
    private final AtomicInteger starts = new AtomicInteger();
    private final List<Started> running = new CopyOnWriteArrayList<>();
    private volatile FakeJailer.Script script = client -> {};
    private volatile int version = 1;
    private volatile long dyingMillis;
    private volatile boolean mute;
    private volatile boolean closed;

    /** Writes the program; its name has to be the only one in its folder that begins so. */
    public FakeProgram(Path file) throws IOException {
        this.file = program(file, SHELL);
        thread(this::watch);
    }

    /** A program of this text. */
    static Path program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made executable");
        }
        return file;
    }

    public Path file() {
        return file;
    }

    /** From now on each execution's connection is served so; again and again, until its client goes. */
    public void serve(FakeJailer.Script everyExecution) {
        script = everyExecution;
    }

    void version(int spoken) {
        version = spoken;
    }

    /** From now on it lets everybody connect, and says nothing. */
    void mute() {
        mute = true;
    }

    /** How often it was started. */
    public int starts() {
        return starts.get();
    }

    /** Lets so much time pass between the end of a process's sockets and its own. */
    void dyingMillis(long millis) {
        dyingMillis = millis;
    }

    /** Ends what runs: its sockets, and then its process. */
    public void kill() throws IOException {
        for (Started started : running) {
            started.cut();
        }
        running.clear();
    }

    private static void thread(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                return; // the other side is gone, or the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException;
    }

    private void watch() throws IOException {
        String prefix = file.getFileName() + ".asked.";
        while (!closed) {
            List<Path> asked;
            try (Stream<Path> entries = Files.list(file.getParent())) {
                asked = entries.filter(path -> path.getFileName().toString().startsWith(prefix))
                        .toList();
            }
            for (Path path : asked) {
                long pid = Long.parseLong(path.getFileName().toString().substring(prefix.length()));
                Path socket = Path.of(Files.readString(path).strip());
                Files.delete(path);
                starts.incrementAndGet();
                listen(socket, pid);
            }
            pause(2);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens first and is found then: the name appears when everybody can connect. */
    private void listen(Path socket, long pid) throws IOException {
        Path unready = socket.resolveSibling(socket.getFileName() + ".x");
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Started started = new Started(pid);
        started.add(listener);
        listener.bind(UnixDomainSocketAddress.of(unready));
        running.add(started);
        Files.move(unready, socket);
        thread(() -> {
            while (true) {
                SocketChannel client = listener.accept();
                started.add(client);
                thread(() -> meet(client, started));
            }
        });
    }

    private void meet(SocketChannel client, Started started) throws IOException {
        try (client) {
            boolean control = FrameCodec.read(client).payload()[7] == 0;
            if (mute) {
                FrameCodec.read(client);
            }
            FrameCodec.write(client, new Frame(FrameType.HELLO_BACK, 0, Answers.hello(version)));
            if (control) {
                control(client, started);
            }
            while (true) {
                script.play(client);
            }
        }
    }

    private void control(SocketChannel client, Started started) throws IOException {
        try {
            while (true) {
                if (FrameCodec.read(client).type() == FrameType.PROBE) {
                    FrameCodec.write(
                            client, new Frame(FrameType.FACTS, 0, Answers.facts(Map.of("kernel", "a fake one"))));
                }
            }
        } finally {
            started.cut();
            pause(dyingMillis);
            ProcessHandle.of(started.pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** A process, and the sockets that would be its own. */
    private static final class Started {
        private final long pid;
        private final List<Channel> sockets = new ArrayList<>();
        private boolean cut;

        private Started(long pid) {
            this.pid = pid;
        }

        /** A thread that waits in accept(2) may still be given a connection when its listener is closed already. */
        private synchronized void add(Channel socket) throws IOException {
            sockets.add(socket);
            if (cut) {
                socket.close();
            }
        }

        private synchronized void cut() throws IOException {
            cut = true;
            for (Channel socket : sockets) {
                socket.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        kill();
    }
}
