package io.reedact.verification.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An example in a guide: fenced blocks that are files, and behind them fenced blocks that tell what comes of them.
 *
 * <ul>
 *   <li>{@code twig}, {@code json} and {@code toml} are files: page.peb, page.json and policy.toml, or as the fence's second
 *       word says. The last template is the page.
 *   <li>{@code html} is that page, rendered with page.json if there is one.
 *   <li>{@code console} holds commands, each behind "$ ", with what they say.
 * </ul>
 *
 * A file behind a result begins the next example. Other fences are none of ours.
 *
 * @param place of its first result
 * @param files by name
 * @param commands to run beside them, in this order
 */
record GuideExample(String place, Map<String, String> files, List<Command> commands) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)(?: (\\S+))?\\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ (.*)\\n((?:(?!\\$ ).*\\n)*)");
    private static final Map<String, String> FILES =
            Map.of("twig", "page.peb", "json", "page.json", "toml", "policy.toml");

    /** A command with all that it says, on stdout and on stderr. */
    record Command(String line, String output) {}

    /** Those of a guide. */
    static List<GuideExample> of(Path guide) {
        Reading reading = new Reading(guide);
        FENCE.matcher(reading.text).results().forEach(reading::read);
        if (!reading.commands.isEmpty()) {
            reading.finish();
        }
        if (!reading.files.isEmpty()) {
            throw new AssertionError(guide + " has files at its end, and nothing that tells what comes of them");
        }
        return reading.examples;
    }

    @Override
    public String toString() {
        return place;
    }

    private static final class Reading {
        private final Path guide;
        private final String text;
        private final List<GuideExample> examples = new ArrayList<>();
        private Map<String, String> files = new LinkedHashMap<>();
        private List<Command> commands = new ArrayList<>();
        private String page = "";
        private String place = "";

        private Reading(Path guide) {
            this.guide = guide;
            try {
                text = Files.readString(guide);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read(MatchResult fence) {
            String kind = fence.group(1);
            if (FILES.containsKey(kind)) {
                readFile(kind, fence);
            } else if (kind.equals("html") || kind.equals("console")) {
                if (commands.isEmpty()) {
                    place = guide.getFileName() + ":"
                            + text.substring(0, fence.start()).lines().count();
                }
                readResult(kind, fence.group(3));
            }
        }

        private void readFile(String kind, MatchResult fence) {
            if (!commands.isEmpty()) {
                finish();
            }
            String name = fence.group(2) == null ? FILES.get(kind) : fence.group(2);
            if (files.put(name, fence.group(3)) != null) {
                throw new AssertionError(guide + " has " + name + " twice before anything comes of it");
            }
            page = kind.equals("twig") ? name : page;
        }

        private void readResult(String kind, String body) {
            if (kind.equals("html")) {
                String context = files.containsKey("page.json") ? " --context page.json" : "";
                commands.add(new Command("reedact render " + page + context, body));
            } else {
                COMMAND.matcher(body)
                        .results()
                        .forEach(command -> commands.add(new Command(command.group(1), command.group(2))));
            }
        }

        private void finish() {
            examples.add(new GuideExample(place, files, commands));
            files = new LinkedHashMap<>();
            commands = new ArrayList<>();
        }
    }
}
