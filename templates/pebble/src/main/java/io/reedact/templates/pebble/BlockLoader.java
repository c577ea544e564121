package io.reedact.templates.pebble;

import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.loader.Loader;
import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.templates.PreparedBlock;
import io.reedact.templates.PreparedTemplate;
import io.reedact.templates.TemplateException;
import io.reedact.templates.TemplateText;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Loads what another loader loads, and rewrites the blocks in it for the engine. */
final class BlockLoader<T> implements Loader<BlockLoader.Key<T>> {
    private final Loader<T> loader;
    private final Function<TemplateText, PreparedTemplate> prepare;

    /** The last of each name, for what is wrong with references: a template can't be rendered before it is loaded. */
    private final Map<String, PreparedTemplate> loaded = new ConcurrentHashMap<>();

    BlockLoader(Loader<T> loader, Function<TemplateText, PreparedTemplate> prepare) {
        this.loader = loader;
        this.prepare = prepare;
    }

    /**
     * What the engine keeps a template under.
     *
     * @param name of the template
     * @param own what the other loader knows it by
     */
    record Key<T>(String name, T own) {}

    @Override
    public Reader getReader(Key<T> key) {
        PreparedTemplate prepared = prepare.apply(new TemplateText(key.name(), read(key)));
        loaded.put(key.name(), prepared);
        return new StringReader(PebbleRewriter.rewrite(prepared));
    }

    private String read(Key<T> key) {
        try (Reader reader = loader.getReader(key.own())) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (LoaderException e) {
            throw notFound(key.name(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new TemplateException(
                    Problem.of(
                            ProblemCode.TEMPLATE_UNREADABLE,
                            "the template '" + key.name() + "' can't be read: " + reason(e),
                            null),
                    e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
        if (cause instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        return cause instanceof AccessDeniedException ? "permission denied" : String.valueOf(cause);
    }

    /** At the place that names it, if one does. */
    private TemplateException notFound(String name, LoaderException e) {
        Location place = loaded.values().stream()
                .map(template -> placeOf(name, template))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new TemplateException(
                new Problem(ProblemCode.TEMPLATE_NOT_FOUND, "no template '" + name + "'", place, null), e);
    }

    private @Nullable Location placeOf(String name, PreparedTemplate template) {
        return template.references().stream()
                .filter(reference -> resolved(reference, template).equals(name))
                .findFirst()
                .map(template::place)
                .orElse(null);
    }

    private String resolved(String reference, PreparedTemplate template) {
        String path = resolveRelativePath(reference, template.template().name());
        return path == null ? reference : path;
    }

    /** The blocks of a template that was loaded. */
    List<PreparedBlock> blocks(String name) {
        PreparedTemplate template = loaded.get(name);
        return template == null
                ? List.of()
                : template.sites().stream().map(PreparedTemplate.Site::block).toList();
    }

    /** The templates that one which was loaded names. */
    List<String> references(String name) {
        PreparedTemplate template = loaded.get(name);
        return template == null
                ? List.of()
                : template.references().stream()
                        .map(reference -> resolved(reference, template))
                        .distinct()
                        .toList();
    }

    /** A line of a template, as it was when it was last loaded. */
    Location place(String name, int line) {
        PreparedTemplate template = loaded.get(name);
        return template == null
                ? new Location(name, line, 1, 1, null)
                : template.template().startOf(line);
    }

    /** A template that names itself, directly or through others; null if none of those loaded does. */
    @Nullable
    Location cycle() {
        for (String name : loaded.keySet()) {
            Location place = new Cycle(name).find(name, new HashSet<>());
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    /** A walk along references that looks for the way back. */
    private final class Cycle {
        private final String wanted;

        private Cycle(String wanted) {
            this.wanted = wanted;
        }

        private @Nullable Location find(String name, Set<String> seen) {
            PreparedTemplate template = loaded.get(name);
            if (template == null || !seen.add(name)) {
                return null;
            }
            for (String reference : template.references()) {
                String next = resolved(reference, template);
                Location back = next.equals(wanted) ? template.place(reference) : find(next, seen);
                if (back != null) {
                    return back;
                }
            }
            return null;
        }
    }

    @Override
    public @Nullable String resolveRelativePath(String relativePath, String anchorPath) {
        return loader.resolveRelativePath(relativePath, anchorPath);
    }

    @Override
    public Key<T> createCacheKey(String templateName) {
        return new Key<>(templateName, loader.createCacheKey(templateName));
    }

    @Override
    public boolean resourceExists(String templateName) {
        return loader.resourceExists(templateName);
    }

    @Override
    public void setCharset(String charset) {
        loader.setCharset(charset);
    }

    @Override
    public void setPrefix(String prefix) {
        loader.setPrefix(prefix);
    }

    @Override
    public void setSuffix(String suffix) {
        loader.setSuffix(suffix);
    }
}
