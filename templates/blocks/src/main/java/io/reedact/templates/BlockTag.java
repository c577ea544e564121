package io.reedact.templates;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block as it stands in a template: what its tag says, and where its body is. Nothing in it is checked against what this
 * host or its policies have.
 *
 * @param start of the tag, an offset in the template
 * @param end behind the end tag
 * @param trimsBefore whether the tag takes the white space before it away
 * @param trimsAfter whether the end tag takes the white space behind it away
 * @param language as it is written
 * @param raw whether the body has no holes
 * @param name the page variable for its result; null to print it in place
 * @param inputs in their order
 * @param options by name: {@code policy}, {@code timeout}, {@code memory}, {@code cpu}, {@code fallback}
 * @param bodyStart of the body
 * @param bodyEnd behind the body
 */
record BlockTag(
        int start,
        int end,
        boolean trimsBefore,
        boolean trimsAfter,
        Word language,
        boolean raw,
        @Nullable Word name,
        List<Input> inputs,
        Map<String, Word> options,
        int bodyStart,
        int bodyEnd) {
    /** A piece of a tag, with its offset in the template. */
    record Word(String text, int offset) {
        int end() {
            return offset + text.length();
        }
    }

    /**
     * An input.
     *
     * @param name in the guest
     * @param expression of the engine's; for a bare name, that name
     */
    record Input(String name, Word expression) {
        boolean isBareName() {
            return name.equals(expression.text()) && HeadParser.isVariable(name);
        }
    }
}
