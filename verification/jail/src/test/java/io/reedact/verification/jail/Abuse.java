package io.reedact.verification.jail;

import io.reedact.execution.LimitKind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One basic abuse: a program in each language that returns "reached" where nothing stops it.
 *
 * @param name the programs' file name without its ending
 * @param tight policy lines under which it must be stopped
 * @param loose policy lines under which it reaches its goal: the control
 * @param kind the limit that ends it; null where it is only refused and says "stopped"
 * @param latest when, by the jailer's clock, a killed one must have ended
 */
record Abuse(
        String name, String tight, String loose, @Nullable LimitKind kind, Duration latest) {
    static final Map<String, String> ENDINGS = Map.of("python", "py", "php", "php", "javascript", "js");

    private static final Duration TIME = Duration.ofMillis(700);
    private static final String MORE_TIME = "cpu_quota = 1.0\ntimeout = \"20s\"\nwidens = [\"cpu_quota\"]";

    static Abuse[] all() {
        return new Abuse[] {
            new Abuse("busy-loop", "timeout = \"500ms\"", MORE_TIME, LimitKind.WALL_TIME, TIME),
            new Abuse("sleep", "timeout = \"500ms\"", MORE_TIME, LimitKind.WALL_TIME, TIME),
            new Abuse("memory", "memory_limit = \"48MiB\"", "", LimitKind.MEMORY, Duration.ofSeconds(10)),
            new Abuse(
                    "fork-bomb", "process_limit = 16", "process_limit = 128\nwidens = [\"process_limit\"]", null, TIME),
            new Abuse(
                    "output-flood",
                    "",
                    "output_limit = \"8MiB\"\nwidens = [\"output_limit\"]",
                    LimitKind.OUTPUT,
                    Duration.ofSeconds(10)),
            new Abuse("disk-fill", "", "disk_limit = \"100MiB\"\nwidens = [\"disk_limit\"]", null, TIME),
            new Abuse("inode-fill", "", "inode_limit = 6000\nwidens = [\"inode_limit\"]", null, TIME),
            new Abuse("descriptors", "", "open_files_limit = 512\nwidens = [\"open_files_limit\"]", null, TIME),
        };
    }

    String program(String language) {
        return OpenJails.resource("abuses/" + name + "." + ENDINGS.get(language));
    }
}
