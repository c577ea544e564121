package io.reedact.cli;

import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * The templates of a page: those in the folder of its own template, and below. Names count from that folder, and with ./ or ../
 * from the file that they stand in. Nothing outside is a template: who writes one need not be trusted with the host's files.
 */
final class TemplateFolder implements Loader<String> {
    private final Path folder;

    private TemplateFolder(Path folder) {
        this.folder = folder;
    }

    /** Where a template lies. */
    static TemplateFolder of(String template) {
        Path parent = Path.of(template).getParent();
        return new TemplateFolder(parent == null ? Path.of("") : parent);
    }

    @Override
    public String resolveRelativePath(String relativePath, String anchorPath) {
        boolean isRelative = relativePath.startsWith("./") || relativePath.startsWith("../");
        Path from = isRelative ? Path.of(anchorPath).getParent() : folder;
        return (from == null ? Path.of(relativePath) : from.resolve(relativePath))
                .normalize()
                .toString();
    }

    @Override
    public Reader getReader(String name) {
        try {
            Path file = Path.of(name).toRealPath();
            if (!file.startsWith(folder.toRealPath()) || !Files.isRegularFile(file)) {
                throw new LoaderException(null, "outside of the templates' folder, or no file: " + name);
            }
            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException | NotDirectoryException | InvalidPathException e) {
            throw new LoaderException(e, "no such file: " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String createCacheKey(String templateName) {
        return templateName;
    }

    @Override
    public boolean resourceExists(String templateName) {
        return Files.isRegularFile(Path.of(templateName));
    }

    @Override
    public void setCharset(String charset) {
        throw new UnsupportedOperationException("templates are UTF-8");
    }

    @Override
    public void setPrefix(String prefix) {
        throw new UnsupportedOperationException("the folder is the template's own");
    }

    @Override
    public void setSuffix(String suffix) {
        throw new UnsupportedOperationException("names are whole");
    }
}
