package io.reedact.cli;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The streams of one command: data goes to {@code out}, talk to {@code err}.
 *
 * @param in what the user feeds in
 * @param out data, for the next program or for a person
 * @param err talk, for a person
 * @param outIsTerminal whether a person watches {@code out}
 * @param errIsTerminal whether a person watches {@code err}
 * @param colour whether talk may be coloured
 */
record Terminal(
        InputStream in,
        OutputStream out,
        OutputStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean colour) {

    /** The process's own streams. The launcher asks the kernel which are terminals, since Java has no way to. */
    static Terminal ofProcess() {
        String terminals = System.getProperty("reedact.terminals", "");
        boolean errIsTerminal = terminals.contains("2");
        String noColour = System.getenv("NO_COLOR");
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                new FileOutputStream(FileDescriptor.err),
                terminals.contains("1"),
                errIsTerminal,
                errIsTerminal && (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM")));
    }

    /** Writes text to stdout; {@link #flush} has to follow some time. */
    void print(String text) {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes to stdout as they are. */
    void print(byte[] bytes) {
        write(out, bytes);
    }

    /** Writes text to stderr at once. That nobody can read it is no reason to stop. */
    void say(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return;
        }
    }

    /** Text in bold red where colour is wanted. */
    String alarming(String text) {
        return colour ? "\033[1;31m" + text + "\033[0m" : text;
    }

    /** Brings everything written to stdout on its way. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            refuse(e);
        }
    }

    private static void write(OutputStream stream, byte[] bytes) {
        try {
            stream.write(bytes);
        } catch (IOException e) {
            refuse(e);
        }
    }

    private static void refuse(IOException e) {
        // The reader has left, as `head` does when it has seen enough: no fault of anybody.
        if ("Broken pipe".equals(e.getMessage())) {
            return;
        }
        throw new RequestException(
                Problem.of(ProblemCode.CLI_UNWRITABLE, "can't write to stdout: " + e.getMessage(), null), e);
    }
}
