package io.reedact.policy;

import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.Suggestions;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A name that the guest finds in its environment. It allows nothing. */
abstract class TextKind extends Kind<String> {

    /** Null if the text is right; else what is wrong with it, going on from the key. */
    abstract @Nullable String complaint(String text);

    /** What the text may have been meant to be. */
    @Nullable
    String help(String text) {
        return null;
    }

    @Override
    @Nullable
    String read(Entry entry, Reading reading) {
        String text = entry.node().text();
        if (text == null) {
            addWrongType(entry, reading, null);
            return null;
        }
        String complaint = complaint(text);
        if (complaint != null) {
            reading.add(
                    ProblemCode.BAD_TEXT,
                    entry.key() + " " + complaint,
                    entry.node().place(),
                    help(text));
            return null;
        }
        return text;
    }

    @Override
    boolean allowsMore(String mine, String inherited, Reading reading) {
        return false;
    }

    @Override
    String show(String value) {
        return '"' + value + '"';
    }

    private static boolean consistsOf(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean plain =
                    (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9');
            if (!plain && marks.indexOf(unit) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The name of a locale, for LANG and LC_ALL. Which of them a runtime has is seen in the jail. */
    static final class Locale extends TextKind {
        @Override
        String wants() {
            return "a locale such as \"C.UTF-8\"";
        }

        @Override
        @Nullable
        String complaint(String text) {
            return consistsOf(text, "_.@-") ? null : "wants " + wants() + ", found \"" + text + '"';
        }
    }

    /** A time zone by its name in the time zone database. */
    static final class TimeZone extends TextKind {
        @Override
        String wants() {
            return "a time zone such as \"UTC\" or \"Europe/Vienna\"";
        }

        @Override
        @Nullable
        String complaint(String text) {
            // Loading the zones takes milliseconds; almost everybody has UTC.
            boolean known = text.equals("UTC") || ZoneId.getAvailableZoneIds().contains(text);
            return known ? null : "wants " + wants() + ", found \"" + text + '"';
        }

        @Override
        @Nullable
        String help(String text) {
            Collection<String> zones = ZoneId.getAvailableZoneIds();
            return Suggestions.didYouMean(text, zones);
        }
    }

    /** Variables of the environment, beside those that every jail has. */
    static final class Environment extends Kind<Map<String, String>> {
        /** Made from other keys, or by the jail itself: a second source would leave open which one counts. */
        private static final List<String> OWN = List.of("HOME", "USER", "TMPDIR", "LANG", "LC_ALL", "TZ");

        @Override
        String wants() {
            return "variables such as { SHOP = \"eu\" }";
        }

        @Override
        @Nullable
        Map<String, String> read(Entry entry, Reading reading) {
            Table table = entry.node().table();
            if (table == null) {
                addWrongType(entry, reading, null);
                return null;
            }
            int before = reading.problems().size();
            Map<String, String> variables = new LinkedHashMap<>();
            for (Entry variable : table.entries()) {
                String complaint = complaint(variable);
                String value = variable.node().text();
                if (complaint != null) {
                    reading.add(ProblemCode.BAD_TEXT, complaint, variable.place(), null);
                } else if (value != null) {
                    variables.put(variable.key(), value);
                }
            }
            return reading.problems().size() == before ? Collections.unmodifiableMap(variables) : null;
        }

        private static @Nullable String complaint(Entry variable) {
            String name = variable.key();
            String value = variable.node().text();
            if (!consistsOf(name, "_") || Character.isDigit(name.charAt(0))) {
                return "'" + name + "' can't be the name of a variable";
            }
            if (OWN.contains(name)) {
                return name + " is set by the jail; the keys locale and time_zone are for LANG, LC_ALL and TZ";
            }
            if (value == null) {
                return "the variable " + name + " wants a text, found "
                        + variable.node().description();
            }
            return value.indexOf('\0') >= 0 ? "the variable " + name + " must not hold NUL" : null;
        }

        @Override
        boolean allowsMore(Map<String, String> mine, Map<String, String> inherited, Reading reading) {
            return false;
        }
    }
}
