package io.reedact.templates;

import io.reedact.engine.Jails;
import io.reedact.policy.Request;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.ProblemException;
import io.reedact.runtime.LanguageRuntime;
import io.reedact.templates.BlockTag.Word;
import io.reedact.templates.PreparedTemplate.Site;
import io.reedact.templates.PreparedTemplate.Slot;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import io.reedact.unit.Durations;
import io.reedact.value.ValueReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks blocks against what this host and its policies have, and makes them ready to run. */
final class BlockReader {
    private final TemplateText template;
    private final Jails jails;
    private final String policyOfPage;
    private final List<Problem> problems;

    BlockReader(TemplateText template, Jails jails, String policyOfPage, List<Problem> problems) {
        this.template = template;
        this.jails = jails;
        this.policyOfPage = policyOfPage;
        this.problems = problems;
    }

    /** The block with what to hand to it; empty if something is wrong with it, which is then among the problems. */
    Optional<Site> read(BlockTag tag) {
        Word language = tag.language();
        if (language.text().isEmpty()) {
            return Optional.empty(); // its head is wrong, and that is told
        }
        try {
            LanguageRuntime runtime = jails.runtimes().find(language.text());
            Map<String, String> options = options(tag, runtime);
            Body body = new BodyReader(template, tag, runtime, problems).read();
            return Optional.of(site(tag, options, body));
        } catch (ProblemException e) {
            addAt(template.between(language.offset(), language.end()), e);
            return Optional.empty();
        }
    }

    private Site site(BlockTag tag, Map<String, String> options, Body body) {
        List<Slot> slots = new ArrayList<>();
        for (BlockTag.Input input : tag.inputs()) {
            Word expression = input.expression();
            slots.add(new Slot(input.name(), expression.text(), expression.offset(), input.isBareName()));
        }
        slots.addAll(body.slots());
        PreparedBlock block = new PreparedBlock(
                template.between(tag.start(), tag.bodyStart()),
                tag.name() == null ? null : tag.name().text(),
                tag.language().text(),
                body.code(),
                body.line(),
                tag.inputs().stream().map(BlockTag.Input::name).toList(),
                body.holes(),
                options);
        return new Site(block, tag.start(), tag.end(), tag.trimsBefore(), tag.trimsAfter(), slots);
    }

    private Map<String, String> options(BlockTag tag, LanguageRuntime runtime) {
        Map<String, String> options = new LinkedHashMap<>();
        tag.options().forEach((key, value) -> {
            if (key.equals("fallback")) {
                checkFallback(value);
                options.put(key, value.text());
            } else {
                options.put(key, unquoted(key, value));
            }
        });
        Request request = new Request(
                parsed(tag, options, "timeout", Durations::parse),
                parsed(tag, options, "memory", ByteSize::parse),
                parsed(tag, options, "cpu", CpuShare::parse));
        checkPolicy(tag, options, runtime, request);
        return options;
    }

    private String unquoted(String key, Word value) {
        String text = value.text();
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        if ((first != '"' && first != '\'') || text.length() < 2 || text.charAt(text.length() - 1) != first) {
            wrong(value, "the option '" + key + "' wants a text in quotes", key + "=\"…\"");
            return "";
        }
        return text.substring(1, text.length() - 1);
    }

    private <T> @Nullable T parsed(BlockTag tag, Map<String, String> options, String key, Function<String, T> parse) {
        String text = options.get(key);
        Word written = tag.options().get(key);
        if (text == null || text.isEmpty() || written == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            wrong(written, key + " " + e.getMessage(), null);
            return null;
        }
    }

    private void checkPolicy(BlockTag tag, Map<String, String> options, LanguageRuntime runtime, Request request) {
        Word own = tag.options().get("policy");
        Word first =
                own != null ? own : tag.options().values().stream().findFirst().orElse(tag.language());
        try {
            jails.policies()
                    .find(PreparedBlock.policy(options, policyOfPage))
                    .rules(runtime.name())
                    .narrowedBy(request);
        } catch (ProblemException e) {
            addAt(template.between(first.offset(), first.end()), e);
        }
    }

    private void checkFallback(Word json) {
        try {
            ValueReader.parse(json.text(), "fallback");
        } catch (ProblemException e) {
            wrong(
                    json,
                    "the fallback is no JSON: " + e.problems().get(0).message(),
                    "fallback=[], fallback=null or fallback=\"…\"");
        }
    }

    private void wrong(Word place, String message, @Nullable String help) {
        problems.add(
                new Problem(ProblemCode.BLOCK_OPTION, message, template.between(place.offset(), place.end()), help));
    }

    /** What is wrong on this host with what the template wants: told where the template wants it. */
    private void addAt(Location place, ProblemException e) {
        for (Problem problem : e.problems()) {
            Location location = problem.location() == null ? place : problem.location();
            problems.add(new Problem(problem.code(), problem.message(), location, problem.help()));
        }
    }
}
