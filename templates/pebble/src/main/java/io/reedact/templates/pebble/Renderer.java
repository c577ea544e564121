package io.reedact.templates.pebble;

import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.reedact.engine.Jails;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.ProblemException;
import io.reedact.templates.Page;
import io.reedact.templates.PageFailedException;
import io.reedact.templates.PageReport;
import io.reedact.templates.PageVariables;
import io.reedact.templates.TemplateException;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Renders templates as pages, whole or not at all. */
final class Renderer {
    private final Jails jails;
    private final String policy;
    private final BlockLoader<?> loader;

    Renderer(Jails jails, String policy, BlockLoader<?> loader) {
        this.jails = jails;
        this.policy = policy;
        this.loader = loader;
    }

    RenderedPage render(PebbleTemplate template, Map<String, ?> data, @Nullable Locale locale, Consumer<Page> began) {
        return render(template, data, began, (writer, variables) -> template.evaluate(writer, variables, locale));
    }

    RenderedPage renderBlock(PebbleTemplate template, String block, Map<String, ?> data, @Nullable Locale locale) {
        return render(
                template,
                data,
                page -> {},
                (writer, variables) -> template.evaluateBlock(block, writer, variables, locale));
    }

    /** What the engine does with a template. */
    private interface Evaluation {
        void into(Writer writer, Map<String, Object> variables) throws IOException;
    }

    /** The engine wants its maps to hold no null by their types, and puts null into them. */
    @SuppressWarnings("unchecked")
    private RenderedPage render(
            PebbleTemplate template, Map<String, ?> data, Consumer<Page> began, Evaluation evaluation) {
        PageVariables variables = new PageVariables(data);
        try (Page page = new Page(jails, policy, variables)) {
            variables.put(BlockStart.PAGE, page);
            began.accept(page);
            PageWriter writer = new PageWriter(page);
            evaluation.into(writer, (Map<String, Object>) (Map<String, ?>) variables);
            PageReport report = page.finish();
            return new RenderedPage(writer.text(), report);
        } catch (IOException e) {
            throw new IllegalStateException("memory can't be written to", e);
        } catch (StackOverflowError e) {
            throw endless(e, template.getName());
        } catch (RuntimeException e) {
            throw told(e, ProblemCode.TEMPLATE_FAILED, template.getName());
        }
    }

    /** What the engine says, as a problem of the template; what we have said ourselves stays as it is. */
    RuntimeException told(RuntimeException e, ProblemCode code, String name) {
        if (e instanceof PebbleException pebble) {
            return told(pebble, code, name);
        }
        return e instanceof ProblemException || e instanceof PageFailedException || isOurs(e)
                ? e
                : new TemplateException(new Problem(code, String.valueOf(e), Location.of(name), null), e);
    }

    /** The engine's lexer, filters and functions throw what they please. */
    private static boolean isOurs(RuntimeException e) {
        return Arrays.stream(e.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .findFirst()
                .map(name -> name.startsWith("io.reedact."))
                .orElse(false); // what is thrown again and again comes without a trace, and that is the engine's lexer
    }

    private RuntimeException told(PebbleException e, ProblemCode code, String name) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException || cause instanceof PageFailedException) {
                return (RuntimeException) cause;
            }
        }
        String file = e.getFileName() == null ? name : e.getFileName();
        Integer line = e.getLineNumber();
        Location place = line == null || line < 1 ? Location.of(file) : loader.place(file, line);
        return new TemplateException(new Problem(code, String.valueOf(e.getPebbleMessage()), place, null), e);
    }

    TemplateException endless(StackOverflowError e, String name) {
        Location place = loader.cycle();
        String message = place == null
                ? "something in the template, such as a macro, calls itself without end"
                : "templates name each other without end";
        Location known = place == null ? Location.of(name) : place;
        return new TemplateException(new Problem(ProblemCode.TEMPLATE_CYCLE, message, known, null), e);
    }
}
