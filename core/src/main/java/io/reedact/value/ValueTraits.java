package io.reedact.value;

/**
 * What a language can hold; a runtime's descriptor says it under {@code [values]}.
 *
 * @param bigIntegers integers beyond 64 bits
 * @param exactDecimals decimal numbers as such; otherwise they become floating numbers, where that changes nothing
 * @param loneSurrogates text with halves of surrogate pairs
 */
public record ValueTraits(boolean bigIntegers, boolean exactDecimals, boolean loneSurrogates) {
    /** A language, or a reader of JSON, that holds everything. */
    public static final ValueTraits EXACT = new ValueTraits(true, true, true);
}
