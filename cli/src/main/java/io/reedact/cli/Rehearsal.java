package io.reedact.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Runs typical commands once, so that the classes which they load can be kept in a cache that makes later starts quick. Part
 * of the build.
 */
public final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("run", "-l", "python", "-c", "print(1); return [xs, 1.5, None]", "--with", "xs=[1,\"a\",true]"),
            List.of(
                    "run",
                    "--json",
                    "-l",
                    "php",
                    "--program",
                    "-c",
                    "<?php echo 1;",
                    "--timeout",
                    "2s",
                    "--memory",
                    "64MiB"),
            List.of(
                    "run",
                    "--timeline",
                    "-l",
                    "javascript",
                    "-c",
                    "throw new Error('x')",
                    "-p",
                    "strict",
                    "--cpu",
                    "0.5"),
            List.of("run", "-l", "python", "-c", "import socket; socket.socket()"),
            List.of("run", "-l", "python", "-c", "while True: pass", "--timeout", "100ms"),
            List.of("run", "-l", "pyhton", "-c", "1"),
            List.of("languages"),
            List.of("policy", "list"),
            List.of("explain", "POL-012"),
            List.of("--version"),
            List.of("--help"));

    private Rehearsal() {}

    /** What becomes of a command does not matter: a host without jails still loads most of the classes. */
    public static void main(String[] unused) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false, false, false);
        for (List<String> command : COMMANDS) {
            Main.run(terminal, command.toArray(String[]::new));
        }
    }
}
