package io.reedact.templates;

import io.reedact.execution.Execution;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import io.reedact.unit.Durations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block that was found to be right, with all that running it takes but its inputs and the values of its holes. An adapter
 * hands it from loading a template to rendering it as a text ({@link #encoded}), which its engine keeps with the template.
 *
 * @param tag where its tag is
 * @param name the page variable for its result; null to print it in place
 * @param language as it is written
 * @param code to run: the body with a name for each hole
 * @param codeLine the line of the code's first line in the template
 * @param inputs their names in order
 * @param holes in order
 * @param options by name, as they are written, without quotes; {@code fallback} is JSON
 */
public record PreparedBlock(
        Location tag,
        @Nullable String name,
        String language,
        String code,
        int codeLine,
        List<String> inputs,
        List<Hole> holes,
        Map<String, String> options) {
    public PreparedBlock {
        inputs = List.copyOf(inputs);
        holes = List.copyOf(holes);
        options = Map.copyOf(options);
    }

    /**
     * A value in the code.
     *
     * @param name that stands for it in the code
     * @param shown as the author wrote it, for errors
     */
    public record Hole(String name, String shown) {}

    /** A line of its code by the template's numbering; empty where it has none. */
    public String line(int number) {
        return code.lines().skip(Math.max(0, number - codeLine)).findFirst().orElse("");
    }

    /** What it runs, without inputs; for holes and inputs see {@link Page#start}. */
    Execution execution(String policyOfPage) {
        Execution execution =
                Execution.of(language, code).named(tag.file(), codeLine).policy(policy(options, policyOfPage));
        String timeout = options.get("timeout");
        String memory = options.get("memory");
        String cpu = options.get("cpu");
        execution = timeout == null ? execution : execution.timeout(Durations.parse(timeout));
        execution = memory == null ? execution : execution.memory(ByteSize.parse(memory));
        return cpu == null ? execution : execution.cpu(CpuShare.parse(cpu));
    }

    /**
     * The policy of a block. A template names one that an admin has put where policies are; naming a file is acting as the admin,
     * and who writes a template is none. Asked here too, where the block is run, since its encoded form is in reach of a template.
     *
     * @throws TemplateException if it names a file
     */
    static String policy(Map<String, String> options, String policyOfPage) {
        String own = options.get("policy");
        if (own != null && (own.indexOf('/') >= 0 || own.endsWith(".toml"))) {
            throw new TemplateException(Problem.of(
                    ProblemCode.BLOCK_OPTION,
                    "a template can't name the file of a policy, found '" + own + "'",
                    "policy=\"NAME\" of a policy that an admin has installed"));
        }
        return own == null ? policyOfPage : own;
    }

    /**
     * Whether the language's interpreter can compile it; nothing of it is run.
     *
     * @param policy the page's
     */
    public Execution syntaxCheck(String policy) {
        Execution execution = execution(policy);
        for (String input : inputs) {
            execution = execution.with(input, null);
        }
        for (Hole hole : holes) {
            execution = execution.withHole(hole.name(), hole.shown(), null);
        }
        return execution.syntaxOnly();
    }

    /** In letters and digits only, so that any engine can carry it. */
    public String encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, List.of(tag.file(), language, code));
            write(out, tag.sourceLine() == null ? List.of() : List.of(tag.sourceLine()));
            for (int number : new int[] {tag.line(), tag.column(), tag.length(), codeLine}) {
                out.writeInt(number);
            }
            write(out, name == null ? List.of() : List.of(name));
            write(out, inputs);
            write(out, holes.stream().map(Hole::name).toList());
            write(out, holes.stream().map(Hole::shown).toList());
            write(out, List.copyOf(options.keySet()));
            write(out, List.copyOf(options.values()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory doesn't fail so
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** In characters and not in UTF-8, which has no half of a surrogate pair: a text comes back as it was. */
    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeInt(text.length());
            out.writeChars(text);
        }
    }

    /**
     * The block of a text that {@link #encoded} gave.
     *
     * @throws IllegalArgumentException if it gave none such
     */
    public static PreparedBlock decoded(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<String> head = read(in);
            String sourceLine = first(read(in));
            Location tag = new Location(head.get(0), in.readInt(), in.readInt(), in.readInt(), sourceLine);
            int codeLine = in.readInt();
            String name = first(read(in));
            if (name != null && !HeadParser.isVariable(name)) {
                throw new IllegalArgumentException("no name of a variable: " + name);
            }
            List<String> inputs = read(in);
            List<String> holeNames = read(in);
            List<String> shown = read(in);
            List<String> keys = read(in);
            List<String> values = read(in);
            List<Hole> holes = new ArrayList<>();
            for (int i = 0; i < holeNames.size(); i++) {
                holes.add(new Hole(holeNames.get(i), shown.get(i)));
            }
            Map<String, String> options = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                options.put(keys.get(i), values.get(i));
            }
            return new PreparedBlock(tag, name, head.get(1), head.get(2), codeLine, inputs, holes, options);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not a block: " + e, e);
        }
    }

    private static List<String> read(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int length = in.readInt();
            if (length < 0 || length > in.available() / Character.BYTES) {
                throw new EOFException("a text of " + length + " characters");
            }
            StringBuilder text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append(in.readChar());
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static @Nullable String first(List<String> texts) {
        return texts.isEmpty() ? null : texts.get(0);
    }
}
