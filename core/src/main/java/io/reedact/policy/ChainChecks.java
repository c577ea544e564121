package io.reedact.policy;

import io.reedact.policy.PolicyFile.Section;
import io.reedact.policy.toml.Place;
import io.reedact.problem.ProblemCode;
import io.reedact.unit.ByteSize;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the last file of a chain against those before it, for every language that any of them names. */
final class ChainChecks {
    private final List<PolicyFile> before;
    private final PolicyFile file;
    private final Reading reading;
    private final List<PolicyFile> chain;

    private ChainChecks(List<PolicyFile> before, PolicyFile file, Reading reading) {
        this.before = before;
        this.file = file;
        this.reading = reading;
        this.chain = new ArrayList<>(before);
        this.chain.add(file);
    }

    /** Adds what is wrong with a file that extends the others, from the one that extends nothing on. */
    static void check(List<PolicyFile> before, PolicyFile file, Reading reading) {
        ChainChecks checks = new ChainChecks(before, file, reading);
        if (!before.isEmpty()) {
            checks.checkWidening(file.top(), null);
            for (Map.Entry<String, Section> section : file.languages().entrySet()) {
                checks.checkWidening(section.getValue(), section.getKey());
            }
        }
        checks.checkLimits(null);
        for (String language : checks.languages()) {
            checks.checkLimits(language);
        }
    }

    private Set<String> languages() {
        Set<String> languages = new LinkedHashSet<>();
        for (PolicyFile each : chain) {
            languages.addAll(each.languages().keySet());
        }
        return languages;
    }

    private void checkWidening(Section section, @Nullable String language) {
        for (Setting<?> setting : section.values().all()) {
            checkWidening(setting, language, false);
        }
        for (Setting<?> ceiling : section.ceilings().all()) {
            checkWidening(ceiling, language, true);
        }
    }

    /** At top level a key counts for every language, so it is compared with what was in force for each. */
    private <T> void checkWidening(Setting<T> mine, @Nullable String language, boolean ceiling) {
        String key = (ceiling ? PolicyFileReader.CEILING + "." : "") + mine.key();
        String name = language == null ? key : language + "." + key;
        if (file.declaresWidening(key, name)) {
            return;
        }
        Setting<T> exceeded = exceeded(mine, language, ceiling);
        for (String other : language == null ? languages() : Set.<String>of()) {
            exceeded = exceeded == null ? exceeded(mine, other, ceiling) : exceeded;
        }
        if (exceeded != null) {
            addWidening(mine, exceeded, name);
        }
    }

    /** What was in force for a language, if a setting of this file allows more; else null. */
    private <T> @Nullable Setting<T> exceeded(Setting<T> mine, @Nullable String language, boolean ceiling) {
        Effective after = Effective.of(chain, language);
        Setting<T> counts = ceiling ? after.explicitCeiling(mine.key()) : after.setting(mine.key());
        Effective inForce = Effective.of(before, language);
        Setting<T> inherited = ceiling ? inForce.ceiling(mine.key()) : inForce.setting(mine.key());
        if (!mine.is(counts) || inherited == null) {
            return null; // another line of this file counts, or there was no bound
        }
        return mine.key().kind().allowsMore(mine.value(), inherited.value(), reading) ? inherited : null;
    }

    private <T> void addWidening(Setting<T> mine, Setting<T> inherited, String name) {
        Place place = mine.place();
        if (place != null) {
            String message = name + " = " + mine.shown() + " allows more than " + inherited.shown() + " ("
                    + inherited.origin() + ")";
            String help = "list it: widens = [\"" + name + "\"]";
            reading.add(ProblemCode.UNDECLARED_WIDENING, message, place, help);
        }
    }

    private void checkLimits(@Nullable String language) {
        Effective effective = Effective.of(chain, language);
        Effective general = language == null ? null : Effective.of(chain, null);
        for (Key<?> key : Keys.ALL) {
            if (key.isLimit() && (general == null || !isSame(key, effective, general))) {
                checkCeiling(key, effective, language);
            }
        }
        boolean sameDisk = general != null
                && isSame(Keys.DISK_LIMIT, effective, general)
                && isSame(Keys.MEMORY_LIMIT, effective, general);
        if (!sameDisk) {
            checkDisk(effective, language);
        }
    }

    /** True if a language has no line of its own for a key: what is wrong with it was said for all languages. */
    private static <T> boolean isSame(Key<T> key, Effective effective, Effective general) {
        return isSame(effective.setting(key), general.setting(key))
                && isSame(effective.explicitCeiling(key), general.explicitCeiling(key));
    }

    private static boolean isSame(@Nullable Setting<?> one, @Nullable Setting<?> other) {
        return one == null ? other == null : one.is(other);
    }

    private <T> void checkCeiling(Key<T> key, Effective effective, @Nullable String language) {
        Setting<T> ceiling = effective.explicitCeiling(key);
        Setting<T> value = effective.setting(key);
        if (ceiling == null || (value != null && !key.kind().allowsMore(value.value(), ceiling.value(), reading))) {
            return;
        }
        String shown = value == null ? "no limit" : value.shown() + " (" + value.origin() + ")";
        String message = "the ceiling of " + key + " is " + ceiling.shown() + " (" + ceiling.origin()
                + "), below its value" + in(language) + ", " + shown;
        addAtMine(ProblemCode.CEILING_BELOW_VALUE, message, ceiling.place(), value == null ? null : value.place());
    }

    private void checkDisk(Effective effective, @Nullable String language) {
        Setting<ByteSize> disk = effective.setting(Keys.DISK_LIMIT);
        Setting<ByteSize> memory = effective.setting(Keys.MEMORY_LIMIT);
        if (disk == null
                || memory == null
                || disk.value().bytes() <= memory.value().bytes() / 2) {
            return;
        }
        Place place = disk.place();
        if (place != null && place.source() == file.source()) { // an inherited one is lowered by itself
            String message = "disk_limit = " + disk.shown() + " is more than half of memory_limit" + in(language) + ", "
                    + memory.shown() + " (" + memory.origin() + ")";
            String help = "what is written to disk lies in memory: at most "
                    + Limits.atMostHalf(disk.value(), memory.value());
            reading.add(ProblemCode.DISK_ABOVE_HALF_OF_MEMORY, message, place, help);
        }
    }

    private static String in(@Nullable String language) {
        return language == null ? "" : " in [" + language + "]";
    }

    /** Adds a problem at whichever place lies in this file; if none does, it was said for the file in which one lies. */
    private void addAtMine(ProblemCode code, String message, @Nullable Place first, @Nullable Place second) {
        if (first != null && first.source() == file.source()) {
            reading.add(code, message, first, null);
        } else if (second != null && second.source() == file.source()) {
            reading.add(code, message, second, null);
        }
    }
}
