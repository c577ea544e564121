package io.reedact.templates.pebble;

import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.Suggestions;
import io.reedact.templates.Page;
import io.reedact.templates.PageVariables;
import io.reedact.templates.Pending;
import io.reedact.templates.PreparedBlock;
import io.reedact.templates.TemplateException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The start of a block from within the engine: finds the page that is being rendered, and the values that the block is to get. */
final class BlockStart {
    /** No template can have a variable of this name. */
    static final String PAGE = "reedact page";

    private final PreparedBlock block;
    private final EvaluationContext context;
    private final Page page;

    private BlockStart(PreparedBlock block, EvaluationContext context) {
        this.block = block;
        this.context = context;
        if (!(context.getVariable(PAGE) instanceof Page rendered)) {
            String message = "'" + block.tag().file() + "' has blocks, and is not rendered as a page";
            throw wrong(ProblemCode.NO_PAGE, message, null);
        }
        this.page = rendered;
    }

    /**
     * Starts a block.
     *
     * @param encoded the block
     * @param expressions the values of those inputs and holes that are expressions, by name
     * @param names the variables of those that are just names, by name
     * @throws TemplateException if these are not what a rewritten template hands over: its author has spelled the call out
     */
    static Pending of(
            @Nullable Object encoded, @Nullable Object expressions, @Nullable Object names, EvaluationContext context) {
        if (encoded instanceof String block
                && expressions instanceof Map<?, ?> values
                && names instanceof Map<?, ?> own) {
            return of(block, values, own, context);
        }
        throw spelledOut(null);
    }

    private static TemplateException spelledOut(@Nullable Throwable cause) {
        String message = "this is no block: what starts one is not for templates to call";
        return new TemplateException(Problem.of(ProblemCode.TEMPLATE_FAILED, message, null), cause);
    }

    private static PreparedBlock decoded(String encoded) {
        try {
            return PreparedBlock.decoded(encoded);
        } catch (IllegalArgumentException e) {
            throw spelledOut(e);
        }
    }

    private static Pending of(String encoded, Map<?, ?> expressions, Map<?, ?> names, EvaluationContext context) {
        BlockStart start = new BlockStart(decoded(encoded), context);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        expressions.forEach((name, value) -> values.put(String.valueOf(name), value));
        names.forEach((name, variable) -> values.put(String.valueOf(name), start.variable(String.valueOf(variable))));
        return start.start(values);
    }

    private Pending start(Map<String, @Nullable Object> values) {
        Pending pending = page.start(block, values);
        if (block.name() != null) {
            publish(block.name(), pending);
        }
        return pending;
    }

    /** A variable as it is now: a pending result stays pending. */
    private @Nullable Object variable(String name) {
        Object value = page.variables().peek(() -> context.getVariable(name));
        boolean isThere = value != null
                || ((EvaluationContextImpl) context).getScopeChain().containsKey(name);
        if (!isThere) {
            String guess = Suggestions.didYouMean(name, page.variables().keySet());
            throw wrong(ProblemCode.INPUT_UNKNOWN, "the page has no variable '" + name + "' here", guess);
        }
        return value;
    }

    private void publish(String name, Pending pending) {
        PageVariables variables = page.variables();
        boolean isTaken = variables.isData(name);
        variables.put(name, pending);
        Object seen = variables.peek(() -> context.getVariable(name));
        if (isTaken || seen != pending) {
            String message = "the page has a variable '" + name + "' already";
            throw wrong(ProblemCode.NAME_TAKEN, message, "give the block another name");
        }
    }

    private TemplateException wrong(ProblemCode code, String message, @Nullable String help) {
        return new TemplateException(new Problem(code, message, block.tag(), help));
    }
}
