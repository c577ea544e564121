package io.reedact.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The flags of a command, and whether it takes operands. */
final class Flags {
    private final String command;
    private final List<Flag> all = new ArrayList<>();
    private boolean operands;

    private Flags(String command) {
        this.command = command;
    }

    /** A command's flags; {@code --help} is one of them. */
    static Flags of(String command) {
        return new Flags(command).toggle("show this help", "-h", "--help");
    }

    /** A flag that is there or not. */
    Flags toggle(String description, String... names) {
        all.add(new Flag(List.of(names), null, false, description));
        return this;
    }

    /** A flag with one value, given at most once. */
    Flags value(String label, String description, String... names) {
        all.add(new Flag(List.of(names), label, false, description));
        return this;
    }

    /** A flag with one value, given any number of times. */
    Flags values(String label, String description, String... names) {
        all.add(new Flag(List.of(names), label, true, description));
        return this;
    }

    /** The command takes operands. How many is for the command to say. */
    Flags operands() {
        operands = true;
        return this;
    }

    String command() {
        return command;
    }

    List<Flag> all() {
        return all;
    }

    boolean takesOperands() {
        return operands;
    }

    Optional<Flag> find(String name) {
        return all.stream().filter(flag -> flag.names().contains(name)).findFirst();
    }

    List<String> names() {
        return all.stream().flatMap(flag -> flag.names().stream()).toList();
    }
}
