package io.reedact.policy;

import io.reedact.policy.toml.Place;
import io.reedact.problem.SourceText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One policy file by itself, without what it extends.
 *
 * @param parent what it extends; null: nothing
 * @param widens the keys in which it says to allow more
 * @param top what counts for every language
 * @param languages sections by the name of their language
 */
record PolicyFile(
        SourceText source, @Nullable Named parent, List<Named> widens, Section top, Map<String, Section> languages) {

    /** A text and where it stands. */
    record Named(String text, Place place) {}

    /** Values, and ceilings for what requests may ask for. */
    record Section(Settings values, Settings ceilings) {
        Section() {
            this(new Settings(), new Settings());
        }
    }

    /**
     * True if `widens` lists a key.
     *
     * @param key the key for the whole file: timeout, ceiling.timeout
     * @param inSection the key with its language: python.timeout, python.ceiling.timeout
     */
    boolean declaresWidening(String key, String inSection) {
        for (Named named : widens) {
            if (named.text().equals(key) || named.text().equals(inSection)) {
                return true;
            }
        }
        return false;
    }
}
