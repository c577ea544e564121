package io.reedact.runtime;

import io.reedact.unit.ByteSize;
import io.reedact.value.ValueTraits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A runtime as its folder describes it, before anything of this host is known.
 *
 * @param name of the language
 * @param aliases other names of it
 * @param extensions endings of its files, without the dot
 * @param interpreters candidates: the first that exists is used
 * @param arguments with {@code {prelude}} and others still in them
 * @param version how to ask the interpreter for its version
 * @param paths shown in the jail; {@code {libraries}} stands for the folders of shared libraries
 * @param latePaths directories that the guest finds at these paths once its prelude has asked for them
 * @param start the best that it can do
 * @param startTime from the jail's spec to ready, at most
 * @param startMemory for the start
 * @param heapExhausted found in what the interpreter says when it gives up at its own heap ceiling; null if it has none
 * @param isIndentationSignificant whether code changes its meaning when it is indented differently
 * @param lexical what templates need for binding names; null if it has no holes
 * @param traits what the language's values can hold
 * @param folder where the descriptor lies
 */
record Descriptor(
        String name,
        List<String> aliases,
        List<String> extensions,
        List<Path> interpreters,
        List<String> arguments,
        VersionQuestion version,
        List<String> paths,
        List<String> latePaths,
        Start start,
        Duration startTime,
        ByteSize startMemory,
        @Nullable Pattern heapExhausted,
        boolean isIndentationSignificant,
        @Nullable Lexical lexical,
        ValueTraits traits,
        Path folder) {

    /** Arguments that make an interpreter tell its version, and a pattern whose first group is the version. */
    record VersionQuestion(List<String> arguments, Pattern pattern) {}

    /** How a bound name is spelled, {@code {name}} standing for it, and the strings and comments that have none. */
    record Lexical(String hole, List<Skip> skips) {}
}
