package io.reedact.cli;

import io.reedact.engine.Jails;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import io.reedact.templates.Page;
import io.reedact.templates.PageFailedException;
import io.reedact.templates.pebble.ReedactPebble;
import io.reedact.templates.pebble.RenderedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code reedact render}: one page. */
final class RenderCommand implements Command {
    @Override
    public Flags flags() {
        return Flags.of("render")
                .operands()
                .values("FILE.json", "the page's variables: the keys of a JSON object", "--context")
                .values("NAME=JSON", "a variable of the page; wins over --context", "--with")
                .value("POLICY", "a policy's name or file (default)", "-p", "--policy")
                .value("FILE", "where the page goes; without it, to stdout", "-o", "--output")
                .toggle("tell on stderr which blocks ran when, and for how long", "--timeline")
                .toggle("print the page and all about its blocks as one JSON object", "--json");
    }

    @Override
    public HelpPage help() {
        return new HelpPage(
                "Renders a page: a Pebble template whose blocks each run in a jail of their own.",
                List.of("reedact render [FLAG]... TEMPLATE"),
                List.of(
                        "reedact render page.peb --context shop.json -o page.html",
                        "reedact render page.peb --with 'prices=[3,4]' --timeline",
                        "reedact render page.peb --json | jq '.blocks[].timeline'"),
                List.of(
                        "Templates that it includes or extends are looked for in its folder. Blocks that don't need each",
                        "other's results run side by side. Where one does not complete, nothing of the page is written.",
                        "docs/templates.md is the guide for authors.",
                        "",
                        "Exit status: 0 the page is whole, 1 a block failed, 2 usage or a bad template, 3 a limit was hit,",
                        "4 a block was stopped for a violation, 5 this host cannot isolate as the policy asks,",
                        "70 our own fault."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        String template = template(arguments);
        Map<String, @Nullable Object> data = Inputs.of(arguments, terminal.in());
        try (Jails jails = Jails.open()) {
            ReedactPebble pebble =
                    Pages.engine(template, arguments.value("--policy").orElse("default"), jails);
            CompletableFuture<Page> began = new CompletableFuture<>();
            return Interrupt.guard(() -> cancel(began), () -> {
                PageResult result = result(pebble, template, data, began);
                return report(result, arguments, terminal);
            });
        }
    }

    /** As soon as there is something to cancel. */
    private static void cancel(CompletableFuture<Page> began) {
        var _ = began.thenAccept(Page::cancel);
    }

    private static String template(Arguments arguments) {
        if (arguments.operands().size() != 1) {
            String found = arguments.operands().isEmpty() ? "none" : String.join(" ", arguments.operands());
            throw new RequestException(Problem.of(
                    ProblemCode.CLI_USAGE, "render wants one template, found " + found, "reedact render --help"));
        }
        return arguments.operands().get(0);
    }

    private static PageResult result(
            ReedactPebble pebble, String template, Map<String, @Nullable Object> data, CompletableFuture<Page> began) {
        try {
            RenderedPage page = pebble.render(template, data, began::complete);
            return new PageResult(template, page.html(), null, page.report());
        } catch (PageFailedException e) {
            return new PageResult(template, null, e.failure(), e.report());
        }
    }

    private static int report(PageResult result, Arguments arguments, Terminal terminal) {
        Path output = arguments.value("--output").map(Path::of).orElse(null);
        if (result.html() != null && output != null) {
            write(output, result.html());
        }
        if (arguments.has("--json")) {
            terminal.print(PageJson.of(result));
        } else if (result.html() != null && output == null) {
            terminal.print(result.html());
        }
        terminal.flush();
        PageText text = new PageText(terminal);
        if (arguments.has("--timeline")) {
            text.sayTimeline(result);
        }
        if (!arguments.has("--json")) {
            text.sayFailure(result);
        }
        return result.ending().exitStatus();
    }

    /** Whole or not at all. */
    private static void write(Path file, String html) {
        try {
            Path fresh = file.resolveSibling(
                    "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
            try {
                Files.writeString(fresh, html);
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            String message = "can't write '" + file + "': " + HostFiles.reason(file.toString(), e);
            throw new RequestException(
                    new Problem(ProblemCode.CLI_FILE_UNREADABLE, message, Location.of(file.toString()), null), e);
        }
    }
}
