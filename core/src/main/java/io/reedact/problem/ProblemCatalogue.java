package io.reedact.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The catalogue as a page of documentation. */
public final class ProblemCatalogue {
    private static final String HEAD = """
        # Errors

        Every error that is not a guest's own has a code. `reedact explain CODE` prints its entry. This page is made from the
        catalogue in the code, and a test holds the two equal.
        """;

    private ProblemCatalogue() {}

    /**
     * Writes the page.
     *
     * @param arguments the file to write
     * @throws IOException if it can't be written
     */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), markdown());
    }

    /** The text of {@code docs/errors.md}: every code with its meaning and what mends it. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        String section = "";
        for (ProblemCode entry : ProblemCode.values()) {
            String prefix = entry.code().substring(0, entry.code().indexOf('-'));
            if (!prefix.equals(section)) {
                section = prefix;
                page.append("\n## ")
                        .append(prefix)
                        .append(": ")
                        .append(title(prefix))
                        .append('\n');
            }
            page.append(section(entry));
        }
        return page.toString();
    }

    private static String section(ProblemCode entry) {
        return "\n### " + entry.code() + ": " + entry.message() + "\n\n" + entry.cause() + "\n\n*What mends it:* "
                + entry.mend() + "\n\nExit status " + entry.fault().exitStatus() + ".\n";
    }

    private static String title(String prefix) {
        return switch (prefix) {
            case "POL" -> "policy files";
            case "RUN" -> "runtimes and their descriptors";
            case "VAL" -> "values";
            case "REQ" -> "requests";
            case "CLI" -> "the command line";
            case "TPL" -> "templates";
            case "HOST" -> "what this host lacks";
            case "JAIL" -> "the jailer";
            case "ENG" -> "admission";
            default -> throw new AssertionError("a prefix without a title: " + prefix);
        };
    }
}
