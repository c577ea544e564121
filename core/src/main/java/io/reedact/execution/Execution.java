package io.reedact.execution;

import io.reedact.policy.Request;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One piece of guest code, what it gets and what it may ask for. Immutable: each method returns another one.
 *
 * <p>Nothing is checked against policies or runtimes here; {@code Jails.run} does that before anything starts.
 */
public final class Execution {
    private static final byte[] NO_BYTES = {};

    private final Source source;
    private final boolean syntaxOnly;
    private final Map<String, @Nullable Object> inputs;
    private final Map<String, Hole> holes;
    private final List<String> arguments;
    private final byte[] stdin;
    private final Map<String, byte[]> files;
    private final String policy;
    private final Request request;

    private Execution(Parts parts) {
        source = parts.source;
        syntaxOnly = parts.syntaxOnly;
        inputs = parts.inputs;
        holes = parts.holes;
        arguments = parts.arguments;
        stdin = parts.stdin;
        files = parts.files;
        policy = parts.policy;
        request = parts.request;
    }

    /** A block: a function body that gets inputs and returns a value. {@code language} is a runtime's name or alias. */
    public static Execution of(String language, String code) {
        return new Execution(new Parts(new Source(language, code, false, "block", 1)));
    }

    /** A program: a whole script of its language. It gets {@link #args}, and gives no value. */
    public static Execution program(String language, String code) {
        return new Execution(new Parts(new Source(language, code, true, "program", 1)));
    }

    /**
     * With one more input, replacing one of that name.
     *
     * @param value null, Boolean, a number, text, byte[], list, map, record, array, date or time
     * @throws RequestException if the name is not letters, digits and _, without a digit first
     */
    public Execution with(String name, @Nullable Object value) {
        return withAll(Collections.singletonMap(requireName(name), value));
    }

    /** With more inputs, replacing those of the same names; see {@link #with}. */
    public Execution withAll(Map<String, ? extends @Nullable Object> more) {
        Parts parts = parts();
        parts.inputs = new LinkedHashMap<>(inputs);
        more.forEach((name, value) -> parts.inputs.put(requireName(name), value));
        return new Execution(parts);
    }

    /**
     * With one more hole, replacing one of that name: a value bound to a name that occurs in the block's code, like a
     * parameter of a prepared statement. The code sees it wherever the name stands, in nested functions too, and the value
     * never becomes code. Errors of the guest show what the author wrote and not the name.
     *
     * @param name one that occurs in the code for this hole only, spelled there as {@code LanguageRuntime.hole} says
     * @param shown what the author wrote, for example <code>{{ orders }}</code>
     * @param value as for {@link #with}
     * @throws RequestException if the name is not letters, digits and _, without a digit first
     * @throws IllegalStateException if this is a program
     */
    public Execution withHole(String name, String shown, @Nullable Object value) {
        requireBlock("has no holes");
        Parts parts = parts();
        parts.holes = new LinkedHashMap<>(holes);
        parts.holes.put(requireName(name), new Hole(name, shown, value));
        return new Execution(parts);
    }

    /**
     * To be compiled and not run: completed with null if the block compiles, failed with its syntax error otherwise.
     *
     * @throws IllegalStateException if this is a program
     */
    public Execution syntaxOnly() {
        requireBlock("can't be compiled alone");
        Parts parts = parts();
        parts.syntaxOnly = true;
        return new Execution(parts);
    }

    /** With these arguments in place of earlier ones. */
    public Execution args(List<String> words) {
        Parts parts = parts();
        parts.arguments = List.copyOf(words);
        return new Execution(parts);
    }

    /** With these arguments in place of earlier ones. */
    public Execution args(String... words) {
        return args(List.of(words));
    }

    /** With these bytes to read on standard input; copied. */
    public Execution stdin(byte[] bytes) {
        Parts parts = parts();
        parts.stdin = bytes.clone();
        return new Execution(parts);
    }

    /** With this text, as UTF-8, to read on standard input. */
    public Execution stdin(String text) {
        return stdin(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Under this policy: a name, or the path of a file, which is acting as the admin. */
    public Execution policy(String nameOrFile) {
        Parts parts = parts();
        parts.policy = nameOrFile;
        return new Execution(parts);
    }

    /** With at most this time, within the policy's ceiling. */
    public Execution timeout(Duration most) {
        return asking(new Request(most, request.memory(), request.cpu()));
    }

    /** With at most this memory, within the policy's ceiling. */
    public Execution memory(ByteSize most) {
        return asking(new Request(request.timeout(), most, request.cpu()));
    }

    /** With at most this share of the CPU, within the policy's ceiling. */
    public Execution cpu(CpuShare most) {
        return asking(new Request(request.timeout(), request.memory(), most));
    }

    /**
     * With a file of this content in the guest's working directory; copied.
     *
     * @throws RequestException if the name is no plain file name
     */
    public Execution file(String name, byte[] content) {
        boolean plain = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf(0) < 0;
        if (!plain) {
            throw badName("a file of a request needs a plain file name, found '" + name + "'");
        }
        Parts parts = parts();
        parts.files = new LinkedHashMap<>(files);
        parts.files.put(name, content.clone());
        return new Execution(parts);
    }

    /**
     * Named so in errors.
     *
     * @param file for example a template's name
     * @param line of the code's first line in it, from 1
     */
    public Execution named(String file, int line) {
        if (line < 1) {
            throw new IllegalArgumentException("lines count from 1, found " + line);
        }
        Parts parts = parts();
        parts.source = new Source(source.language(), source.code(), source.isProgram(), file, line);
        return new Execution(parts);
    }

    /** The code, its language and its name. */
    public Source source() {
        return source;
    }

    /** Whether the block is compiled and not run. */
    public boolean isSyntaxOnly() {
        return syntaxOnly;
    }

    /** The inputs in the order given; unmodifiable, may hold null. */
    public Map<String, @Nullable Object> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** The holes in the order given; unmodifiable. */
    public List<Hole> holes() {
        return List.copyOf(holes.values());
    }

    /** The arguments. */
    public List<String> arguments() {
        return arguments;
    }

    /** What is on standard input; a copy. */
    public byte[] stdin() {
        return stdin.clone();
    }

    /** The files of the working directory; a copy. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> copy = new LinkedHashMap<>();
        files.forEach((name, content) -> copy.put(name, content.clone()));
        return copy;
    }

    /** The policy's name or file. */
    public String policy() {
        return policy;
    }

    /** What it asks for beyond or below the policy's values. */
    public Request request() {
        return request;
    }

    /**
     * Guest code.
     *
     * @param language a runtime's name or alias
     * @param code its text
     * @param isProgram a whole script; else a function body
     * @param file how errors name it
     * @param line of its first line in that file, from 1
     */
    public record Source(String language, String code, boolean isProgram, String file, int line) {}

    /**
     * A value bound to a name in the code.
     *
     * @param name as it is bound
     * @param shown what the author wrote, which errors show
     * @param value what is bound
     */
    public record Hole(String name, String shown, @Nullable Object value) {}

    private Execution asking(Request wanted) {
        Parts parts = parts();
        parts.request = wanted;
        return new Execution(parts);
    }

    private static String requireName(String name) {
        boolean good = !name.isEmpty() && !(name.charAt(0) >= '0' && name.charAt(0) <= '9');
        for (int i = 0; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        }
        if (!good) {
            throw badName("an input or hole needs a name of letters, digits and _, found '" + name + "'");
        }
        return name;
    }

    private void requireBlock(String refusal) {
        if (source.isProgram()) {
            throw new IllegalStateException("a program " + refusal);
        }
    }

    private static RequestException badName(String message) {
        return new RequestException(Problem.of(ProblemCode.REQUEST_BAD_NAME, message, null));
    }

    private Parts parts() {
        Parts parts = new Parts(source);
        parts.syntaxOnly = syntaxOnly;
        parts.inputs = inputs;
        parts.holes = holes;
        parts.arguments = arguments;
        parts.stdin = stdin;
        parts.files = files;
        parts.policy = policy;
        parts.request = request;
        return parts;
    }

    /** What an execution is made of, while it is being changed. */
    private static final class Parts {
        private Source source;
        private boolean syntaxOnly;
        private Map<String, @Nullable Object> inputs = Map.of();
        private Map<String, Hole> holes = Map.of();
        private List<String> arguments = List.of();
        private byte[] stdin = NO_BYTES;
        private Map<String, byte[]> files = Map.of();
        private String policy = "default";
        private Request request = Request.none();

        private Parts(Source source) {
            this.source = source;
        }
    }
}
