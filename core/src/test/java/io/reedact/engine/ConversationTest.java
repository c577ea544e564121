package io.reedact.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.jailer.FakeJailer;
import io.reedact.jailer.JailerConnection;
import io.reedact.problem.JailerException;
import io.reedact.wire.Frame;
import io.reedact.wire.FrameCodec;
import io.reedact.wire.FrameType;
import io.reedact.wire.Messages;
import io.reedact.wire.OutcomeFacts;
import io.reedact.wire.ProtocolException;
import io.reedact.wire.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ConversationTest {
    private static final int ID = 7;
    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    private static Frame frame(int type, byte... payload) {
        return new Frame(type, ID, payload);
    }

    private static Frame output(int channel, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Frame(
                FrameType.OUTPUT,
                ID,
                ByteBuffer.allocate(1 + bytes.length)
                        .put((byte) channel)
                        .put(bytes)
                        .array());
    }

    private static Frame credit(int channel, int size) {
        return new Frame(
                FrameType.CREDIT,
                ID,
                ByteBuffer.allocate(5).put((byte) channel).putInt(size).array());
    }

    /** An outcome of cause exited, all else 0. */
    private static Frame outcome() {
        return new Frame(FrameType.OUTCOME, ID, new byte[26 + 5 * 8 - 8 + 4 + 11 * 8 + 9]);
    }

    private static Frame ready() {
        return new Frame(FrameType.READY, ID, new byte[8]);
    }

    private Answer converse(FakeJailer.Script script, byte[] job, byte[] stdin) throws Exception {
        try (FakeJailer jailer = new FakeJailer(folder)) {
            CompletableFuture<Void> played = jailer.serve(1, script);
            try (JailerConnection connection = jailer.connect()) {
                Answer answer = new Conversation(connection, ID, job, stdin).run(NOTHING, NOTHING, new Cancellation());
                played.get(5, TimeUnit.SECONDS);
                return answer;
            }
        }
    }

    private static void expect(SocketChannel client, int type) throws IOException {
        assertThat(FrameCodec.read(client).type()).isEqualTo(type);
    }

    /** Takes a channel's data to its end, giving credit for each piece, and returns how many bytes there were. */
    private static int takeAll(SocketChannel client, int type, int channel) throws IOException {
        int total = 0;
        while (true) {
            Frame frame = FrameCodec.read(client);
            if (frame.type() != type) {
                continue;
            }
            total += frame.payload().length - 1;
            if (frame.payload()[0] == 1) {
                return total;
            }
            FrameCodec.write(client, credit(channel, frame.payload().length - 1));
        }
    }

    /** Takes all that is sent without credit, gives one answer, and waits for what the other makes of it. */
    private static void answerWith(SocketChannel client, Frame answer) throws IOException {
        for (int type : new int[] {FrameType.SPEC, FrameType.JOB, FrameType.JOB_DATA, FrameType.STDIN_DATA}) {
            expect(client, type);
        }
        FrameCodec.write(client, answer);
    }

    @Test
    void collectsWhatComesAfterTheGuestIsReady() throws Exception {
        Answer answer = converse(
                client -> {
                    expect(client, FrameType.SPEC);
                    expect(client, FrameType.JOB);
                    FrameCodec.write(client, output(Messages.STDERR, "starting"));
                    FrameCodec.write(client, ready());
                    FrameCodec.write(client, output(Messages.STDOUT, "a"));
                    FrameCodec.write(client, output(Messages.VALUE, "{}"));
                    FrameCodec.write(client, output(Messages.STDOUT, "b"));
                    FrameCodec.write(client, outcome());
                },
                NOTHING,
                NOTHING);
        assertThat(new String(answer.stdout(), StandardCharsets.UTF_8)).isEqualTo("ab");
        assertThat(answer.stderr()).isEmpty();
        assertThat(new String(answer.value(), StandardCharsets.UTF_8)).isEqualTo("{}");
        assertThat(answer.facts().verdict().cause()).isEqualTo(OutcomeFacts.Cause.EXITED);
    }

    @Test
    void sendsALargeJobWithinItsWindow() throws Exception {
        int[] taken = new int[1];
        converse(
                client -> {
                    taken[0] = takeAll(client, FrameType.JOB_DATA, Messages.JOB);
                    FrameCodec.write(client, outcome());
                },
                new byte[3_000_000],
                NOTHING);
        assertThat(taken[0]).isEqualTo(3_000_000);
    }

    @Test
    void inputThatNobodyReadsHoldsNothingUp() throws Exception {
        int[] waiting = new int[1];
        converse(
                client -> {
                    takeAll(client, FrameType.JOB_DATA, Messages.JOB);
                    while (waiting[0] < Messages.WINDOW_BYTES) {
                        Frame frame = FrameCodec.read(client);
                        assertThat(frame.type()).isEqualTo(FrameType.STDIN_DATA);
                        waiting[0] += frame.payload().length - 1;
                    }
                    FrameCodec.write(client, output(Messages.STDOUT, "x"));
                    FrameCodec.write(client, outcome());
                },
                NOTHING,
                new byte[3_000_000]);
        assertThat(waiting[0]).isEqualTo(Messages.WINDOW_BYTES);
    }

    @Test
    void framesThatDoNotBelongHereAreRefused() {
        assertThatThrownBy(() -> converse(
                        client -> answerWith(client, new Frame(FrameType.READY, 8, new byte[8])), NOTHING, NOTHING))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("frame for execution 8 where 7 runs");
        assertThatThrownBy(() -> converse(client -> answerWith(client, frame(0x99)), NOTHING, NOTHING))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("unknown type 153");
        assertThatThrownBy(() -> converse(client -> answerWith(client, credit(Messages.JOB, 1)), NOTHING, NOTHING))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("credit beyond the window");
    }

    @Test
    void aRefusalCarriesWhatTheInterpreterSaid() {
        byte[] refusal = ByteBuffer.allocate(1 + 4 + 1 + 4 + 4)
                .put((byte) 3)
                .putInt(1)
                .put((byte) 's')
                .putInt(0)
                .putInt(0)
                .array();
        assertThatThrownBy(() -> converse(
                        client -> {
                            FrameCodec.write(client, output(Messages.STDERR, "no such module"));
                            answerWith(client, new Frame(FrameType.REFUSED, ID, refusal));
                        },
                        NOTHING,
                        NOTHING))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.INTERPRETER);
                    assertThat(e.stderr()).isEqualTo("no such module");
                });
    }

    @Test
    void knowsWhetherItCanBeBegunAnew() throws Exception {
        for (boolean before : new boolean[] {true, false}) {
            Path place = java.nio.file.Files.createDirectory(folder.resolve(String.valueOf(before)));
            try (FakeJailer jailer = new FakeJailer(place)) {
                CompletableFuture<Void> played = jailer.serve(1, client -> {
                    if (!before) {
                        answerWith(client, ready());
                    }
                    client.close();
                });
                try (JailerConnection connection = jailer.connect()) {
                    Conversation conversation = new Conversation(connection, ID, NOTHING, NOTHING);
                    assertThatThrownBy(() -> conversation.run(NOTHING, NOTHING, new Cancellation()))
                            .isInstanceOf(IOException.class);
                    assertThat(conversation.wasReady()).isEqualTo(!before);
                    assertThat(connection.isUsable()).isFalse();
                    played.get(5, TimeUnit.SECONDS);
                }
            }
        }
    }

    /** Its jail runs on; given back, the connection would hand somebody else's frames to the next execution. */
    @Test
    void aConnectionIsClosedHoweverItsConversationFails() throws Exception {
        try (FakeJailer jailer = new FakeJailer(folder)) {
            CompletableFuture<Void> played = jailer.serve(1, client -> expect(client, FrameType.SPEC));
            try (JailerConnection connection = jailer.connect()) {
                byte[] unsendable = new byte[FrameCodec.MAX_PAYLOAD_BYTES + 1];
                assertThatThrownBy(() -> new Conversation(connection, ID, NOTHING, NOTHING)
                                .run(NOTHING, unsendable, new Cancellation()))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(connection.isUsable()).isFalse();
                played.get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void cancellingSendsTheWishWheneverItComes() throws Exception {
        for (boolean early : new boolean[] {true, false}) {
            Path place = java.nio.file.Files.createDirectory(folder.resolve("cancel-" + early));
            CountDownLatch running = new CountDownLatch(1);
            Cancellation cancellation = new Cancellation();
            try (FakeJailer jailer = new FakeJailer(place)) {
                CompletableFuture<Void> played = jailer.serve(1, client -> {
                    running.countDown();
                    Frame frame = FrameCodec.read(client);
                    assertThat(frame.type()).as("the spec comes first").isEqualTo(FrameType.SPEC);
                    while (frame.type() != FrameType.CANCEL) {
                        frame = FrameCodec.read(client);
                    }
                    FrameCodec.write(client, outcome());
                });
                if (early) {
                    cancellation.cancel();
                } else {
                    Thread canceller = new Thread(() -> {
                        try {
                            running.await();
                            Thread.sleep(50);
                            cancellation.cancel();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    canceller.start();
                }
                try (JailerConnection connection = jailer.connect()) {
                    new Conversation(connection, ID, NOTHING, NOTHING).run(NOTHING, NOTHING, cancellation);
                }
                played.get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aJailerOfAnotherVersionIsRefusedByName() throws Exception {
        try (FakeJailer jailer = new FakeJailer(folder)) {
            CompletableFuture<Void> played = jailer.serve(2, client -> {});
            assertThatThrownBy(jailer::connect)
                    .isInstanceOf(JailerException.class)
                    .hasMessageContaining("version 2")
                    .hasMessageContaining("JAIL-102");
            played.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void aConnectionThatEndsAtOnceIsNoAnswer() {
        assertThatThrownBy(() -> converse(SocketChannel::close, NOTHING, NOTHING))
                .isInstanceOfAny(EOFException.class, IOException.class);
    }
}
