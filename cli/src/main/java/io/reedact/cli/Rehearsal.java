package io.reedact.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands once, so that the classes which they load can be kept in a cache that makes later starts quick. Part of the
 * build. Each class in a cache is loaded at every start with it, so pages, which need an engine, have a cache of their own.
 */
public final class Rehearsal {
    private static final List<List<String>> RUNS = List.of(
            List.of("-l", "python", "-c", "print(1); return [xs, 1.5, None]", "--with", "xs=[1,\"a\",true]"),
            List.of("--json", "-l", "php", "--program", "-c", "<?php echo 1;", "--timeout", "2s", "--memory", "64MiB"),
            List.of("-p", "strict", "--cpu", "0.5", "-l", "javascript", "-c", "throw new Error('x')"),
            List.of("-l", "python", "-c", "import socket; socket.socket()"));

    private static final String PAGE = """
            {% extends "layout.peb" %}
            {% reedact python as sum with xs, xs | first as x timeout="2s" fallback=[1] %}
            return sum(xs) + {{ xs[0] }}
            {% endreedact %}
            {% block main %}{% for x in xs %}{% if x > 1 %}{{ sum | upper }}{% endif %}{% endfor %}
            {% reedact js %}return '<b>'{% endreedact %}{% include "part.peb" %}{% endblock %}
            """;

    private Rehearsal() {}

    /** The argument is {@code run} or {@code pages}. What becomes of a command does not matter: it loads its classes. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("pages")) {
            renderPages();
        } else {
            RUNS.forEach(words -> run("run", words));
        }
    }

    private static void renderPages() throws IOException {
        Path folder = Files.createTempDirectory("rehearsal");
        List<Path> files = List.of(
                Files.writeString(folder.resolve("page.peb"), PAGE),
                Files.writeString(folder.resolve("layout.peb"), "<p>{% block main %}{% endblock %}</p>"),
                Files.writeString(folder.resolve("part.peb"), "{% set y = {'a': [1, 2]} %}{{ y.a | length }}"));
        String page = files.get(0).toString();
        run("render", List.of(page, "--with", "xs=[1,2.5]", "--timeline"));
        run("render", List.of(page, "--with", "xs=[1,2.5]", "--json"));
        run("check", List.of(page));
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    private static void run(String command, List<String> arguments) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false, false, false);
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(arguments);
        Main.run(terminal, words.toArray(String[]::new));
    }
}
