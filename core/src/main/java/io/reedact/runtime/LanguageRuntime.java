package io.reedact.runtime;

import io.reedact.unit.ByteSize;
import io.reedact.value.ValueTraits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A language that can be run on this host: its descriptor, and its interpreter as it is installed. Immutable. */
public final class LanguageRuntime {
    /** Where a jail shows the runtime's own folder. */
    static final String FOLDER_IN_JAIL = "/runtime";

    private static final long MEBIBYTE = 1L << 20;
    private static final String MEMORY = "{memory:";

    private final Descriptor descriptor;
    private final Installation installation;
    private final RootLayout layout;
    private final String prelude;

    LanguageRuntime(Descriptor descriptor, Installation installation, RootLayout layout, String prelude) {
        this.descriptor = descriptor;
        this.installation = installation;
        this.layout = layout;
        this.prelude = prelude;
    }

    /** The language's name, for example {@code python}. */
    public String name() {
        return descriptor.name();
    }

    /** Other names of the language. */
    public List<String> aliases() {
        return descriptor.aliases();
    }

    /** Endings of its files, without the dot. */
    public List<String> extensions() {
        return descriptor.extensions();
    }

    /** The interpreter's version, for example {@code 3.11.2}. */
    public String version() {
        return installation.version();
    }

    /** Name and version. */
    public String label() {
        return name() + " " + version();
    }

    /** The interpreter's real path, on the host and in the jail. */
    public Path interpreter() {
        return installation.interpreter();
    }

    /**
     * The interpreter's arguments. In the descriptor {@code {prelude}} stands for the prelude's path in the jail,
     * {@code {memory:90}} for that percentage of the limit in bytes, {@code {memory:60:MiB}} for one in whole MiB.
     *
     * @param memory the execution's limit, from which the interpreter's own heap ceiling is made where it has one
     */
    public List<String> arguments(ByteSize memory) {
        List<String> filled = new ArrayList<>(descriptor.arguments().size());
        for (String argument : descriptor.arguments()) {
            filled.add(withMemory(argument.replace("{prelude}", FOLDER_IN_JAIL + "/" + prelude), memory));
        }
        return filled;
    }

    private static String withMemory(String argument, ByteSize memory) {
        int start = argument.indexOf(MEMORY);
        int end = argument.indexOf('}', Math.max(start, 0));
        if (start < 0 || end < 0) {
            return argument;
        }
        String wanted = argument.substring(start + MEMORY.length(), end);
        boolean inMebibytes = wanted.endsWith(":MiB");
        int percent = Integer.parseInt(inMebibytes ? wanted.substring(0, wanted.length() - 4) : wanted);
        long share = memory.bytes() / 100 * percent;
        String amount = Long.toString(inMebibytes ? Math.max(1, share / MEBIBYTE) : share);
        return argument.substring(0, start) + amount + argument.substring(end + 1);
    }

    /** The best way of starting that it is capable of. */
    public Start start() {
        return descriptor.start();
    }

    /** From a jail's spec to the guest's being ready, at most. */
    public Duration startTime() {
        return descriptor.startTime();
    }

    /** Memory for the interpreter's start; the execution's own limit counts from the job on. */
    public ByteSize startMemory() {
        return descriptor.startMemory();
    }

    /**
     * The line in which the interpreter says that it gave up at its own heap ceiling, if it does. Guests can write such a
     * line too, so nothing but advice may hang on it.
     *
     * @param text of an error, or all that was written to standard error
     */
    public Optional<String> heapExhaustedLine(String text) {
        Pattern pattern = descriptor.heapExhausted();
        return pattern == null
                ? Optional.empty()
                : text.lines().filter(line -> pattern.matcher(line).find()).findFirst();
    }

    /**
     * How a bound name is spelled in the language's code; empty if the runtime has no holes, since its descriptor does not
     * tell strings and comments from code.
     *
     * @param name as it is handed to {@code Execution.withHole}
     */
    public Optional<String> hole(String name) {
        return Optional.ofNullable(descriptor.lexical())
                .map(lexical -> lexical.hole().replace("{name}", name));
    }

    /** The language's strings and comments, in which nothing is bound; the first that fits a place counts. */
    public List<Skip> skips() {
        Descriptor.Lexical lexical = descriptor.lexical();
        return lexical == null ? List.of() : lexical.skips();
    }

    /** Whether code changes its meaning when it is indented differently. */
    public boolean isIndentationSignificant() {
        return descriptor.isIndentationSignificant();
    }

    /** What values the language can hold. */
    public ValueTraits traits() {
        return descriptor.traits();
    }

    /** {@code /etc/ld.so.cache} for the interpreter; empty where its dynamic linker reads none. */
    public byte[] linkerCache() {
        return LinkerCache.of(installation.loader(), installation.libraries());
    }

    /** What a jail shows of the host for it. */
    public RootLayout layout() {
        return layout;
    }

    @Override
    public String toString() {
        return label();
    }
}
