package io.reedact.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What executions may do and use, as admins wrote it. Immutable; may be used by any number of threads. */
public final class Policy {
    private final String name;
    private final String file;
    private final List<PolicyFile> chain;
    private final SyscallGroups groups;
    /** No language's name: sections of languages don't count for it. */
    private static final String EVERY_LANGUAGE = "";

    private final Map<String, Rules> rules = new ConcurrentHashMap<>();

    Policy(String name, String file, List<PolicyFile> chain, SyscallGroups groups) {
        this.name = name;
        this.file = file;
        this.chain = List.copyOf(chain);
        this.groups = groups;
    }

    /** The name that results show: of the file, without its ending. */
    public String name() {
        return name;
    }

    /** The file that it was read from, as its reader knows it. */
    public String file() {
        return file;
    }

    /** What counts for pages, which mix languages: the limits at top level. */
    public Limits limits() {
        return rules(EVERY_LANGUAGE).limits();
    }

    /** What counts for a language: the language's sections over the top level, in this file and those that it extends. */
    public Rules rules(String language) {
        Rules known = rules.get(language);
        if (known == null) {
            known = Rules.of(Effective.of(chain, language), groups);
            rules.put(language, known); // to make them twice does no harm
        }
        return known;
    }
}
