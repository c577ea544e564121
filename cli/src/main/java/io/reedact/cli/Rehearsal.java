package io.reedact.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands once, so that the classes which they load can be kept in a cache that makes later starts quick. Part of the
 * build. Only {@code run} is rehearsed: each class in the cache is loaded at every start.
 */
public final class Rehearsal {
    private static final List<List<String>> RUNS = List.of(
            List.of("-l", "python", "-c", "print(1); return [xs, 1.5, None]", "--with", "xs=[1,\"a\",true]"),
            List.of("--json", "-l", "php", "--program", "-c", "<?php echo 1;", "--timeout", "2s", "--memory", "64MiB"),
            List.of("-p", "strict", "--cpu", "0.5", "-l", "javascript", "-c", "throw new Error('x')"),
            List.of("-l", "python", "-c", "import socket; socket.socket()"));

    private Rehearsal() {}

    /** What becomes of a command does not matter: a host without jails still loads most of the classes. */
    public static void main(String[] unused) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false, false, false);
        for (List<String> run : RUNS) {
            List<String> command = new ArrayList<>(List.of("run"));
            command.addAll(run);
            Main.run(terminal, command.toArray(String[]::new));
        }
    }
}
