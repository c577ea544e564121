package io.reedact.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A terminal that keeps what is written to it. */
final class RecordedTerminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final boolean watched;
    private String input = "";

    private RecordedTerminal(boolean watched) {
        this.watched = watched;
    }

    /** Both streams go to a person. */
    static RecordedTerminal watched() {
        return new RecordedTerminal(true);
    }

    /** Both streams go to files. */
    static RecordedTerminal unwatched() {
        return new RecordedTerminal(false);
    }

    RecordedTerminal fedWith(String text) {
        input = text;
        return this;
    }

    Terminal terminal() {
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return new Terminal(in, out, err, watched, watched, false);
    }

    /** Runs a command line and returns its exit status. */
    int run(String... words) {
        return new Dispatcher(terminal()).run(words);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
