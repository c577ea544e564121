package io.reedact.runtime;

import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.ProblemException;
import io.reedact.problem.RequestException;
import io.reedact.problem.RuntimeFileException;
import io.reedact.problem.Suggestions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The languages of this host: a folder each, looked for in several places, of which the first wins. A descriptor is read when
 * its language is first asked for. Safe for any number of threads.
 */
public final class Runtimes {
    private static final String LIBRARIES = "{libraries}";

    private final List<Path> places;
    private final InstallationFinder finder;
    private final Map<String, Descriptor> descriptors = new HashMap<>();
    private final Map<String, LanguageRuntime> runtimes = new HashMap<>();

    private Runtimes(List<Path> places, InstallationFinder finder) {
        this.places = List.copyOf(places);
        this.finder = finder;
    }

    /**
     * Nothing is read yet.
     *
     * @param places folders of runtimes; the first that has a language wins
     * @param cache a file for what interpreters say about themselves; only speed hangs on it
     */
    public static Runtimes open(List<Path> places, Path cache) {
        return new Runtimes(places, new InstallationFinder(new InstallationCache(cache)));
    }

    /**
     * The runtime of a language.
     *
     * @param language name or alias in any case, also with a version behind a dash that the installed one begins with:
     *     {@code python}, {@code py}, {@code python-3.11}
     * @throws RequestException if there is none, its interpreter is not installed, or is of another version
     * @throws RuntimeFileException if its descriptor is broken, or one of others is and nothing else was found
     */
    public synchronized LanguageRuntime find(String language) {
        String wanted = language.toLowerCase(Locale.ROOT);
        Descriptor exact = descriptorOf(wanted);
        if (exact != null) {
            return resolved(exact);
        }
        int dash = wanted.lastIndexOf('-');
        if (dash > 0) {
            Descriptor unversioned = descriptorOf(wanted.substring(0, dash));
            if (unversioned != null) {
                return ofVersion(resolved(unversioned), wanted.substring(dash + 1), language);
            }
        }
        throw unknown(language);
    }

    private static LanguageRuntime ofVersion(LanguageRuntime runtime, String version, String language) {
        if ((runtime.version() + ".").startsWith(version + ".")) {
            return runtime;
        }
        throw new RequestException(Problem.of(
                ProblemCode.UNKNOWN_LANGUAGE,
                "no " + language + " here: installed is " + runtime.label(),
                "ask for " + runtime.name()));
    }

    private RequestException unknown(String language) {
        Set<String> known = new TreeSet<>();
        for (Descriptor descriptor : all()) {
            known.add(descriptor.name());
            known.addAll(descriptor.aliases());
        }
        String help = Suggestions.closest(language.toLowerCase(Locale.ROOT), known)
                .map(word -> "did you mean '" + word + "'?")
                .orElse("known are " + String.join(", ", names()));
        return new RequestException(
                Problem.of(ProblemCode.UNKNOWN_LANGUAGE, "unknown language '" + language + "'", help));
    }

    /**
     * The language of a file by its ending; empty where no runtime has it.
     *
     * @throws RuntimeFileException if none has it and a descriptor is broken
     */
    public synchronized Optional<String> languageOf(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        Descriptor found = first(descriptor -> descriptor.extensions().contains(ending));
        if (found == null) {
            all();
        }
        return Optional.ofNullable(found).map(Descriptor::name);
    }

    /** The names of all languages, in order, also of those whose interpreter is missing. */
    public synchronized Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Path place : places) {
            for (Path folder : folders(place)) {
                names.add(folder.getFileName().toString());
            }
        }
        return names;
    }

    /** All languages in the order of their names: with the runtime, or with why it can't be used. */
    public synchronized Map<String, Availability> availability() {
        Map<String, Availability> all = new LinkedHashMap<>();
        for (String name : names()) {
            try {
                all.put(name, new Availability(find(name), null));
            } catch (ProblemException e) {
                all.put(name, new Availability(null, e));
            }
        }
        return all;
    }

    /** A language's runtime, or why there is none; one of the two is null. */
    public record Availability(
            @Nullable LanguageRuntime runtime, @Nullable ProblemException problem) {}

    /** Throws if one of them is broken: a language that was not found may be that one. */
    private List<Descriptor> all() {
        List<Descriptor> all = new ArrayList<>();
        for (String name : names()) {
            Descriptor descriptor = byFolder(name);
            if (descriptor != null) {
                all.add(descriptor);
            }
        }
        return all;
    }

    /** By the folder's name without reading the others, else by an alias. */
    private @Nullable Descriptor descriptorOf(String nameOrAlias) {
        Descriptor byName = byFolder(nameOrAlias);
        if (byName != null) {
            return byName;
        }
        return first(descriptor -> descriptor.aliases().contains(nameOrAlias));
    }

    private @Nullable Descriptor first(Predicate<Descriptor> wanted) {
        for (String name : names()) {
            Descriptor descriptor = usable(name);
            if (descriptor != null && wanted.test(descriptor)) {
                return descriptor;
            }
        }
        return null;
    }

    /** A broken one must not be in the way of other languages; {@link #all} tells of it where nothing else is found. */
    private @Nullable Descriptor usable(String name) {
        try {
            return byFolder(name);
        } catch (RuntimeFileException e) {
            return null;
        }
    }

    private @Nullable Descriptor byFolder(String name) {
        Descriptor known = descriptors.get(name);
        if (known != null || name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
            return known;
        }
        for (Path place : places) {
            Path folder = place.resolve(name);
            if (Files.isRegularFile(folder.resolve("runtime.toml"))) {
                Descriptor read = DescriptorReader.read(folder);
                descriptors.put(name, read);
                return read;
            }
        }
        return null;
    }

    private static List<Path> folders(Path place) {
        List<Path> folders = new ArrayList<>();
        if (!Files.isDirectory(place)) {
            return folders;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry.resolve("runtime.toml"))) {
                    folders.add(entry);
                }
            }
        } catch (IOException e) {
            throw unreadable(place, e);
        }
        return folders;
    }

    private static RequestException unreadable(Path place, IOException e) {
        return new RequestException(
                Problem.of(ProblemCode.RUNTIME_UNREADABLE, place + " can't be read: " + e.getMessage(), null), e);
    }

    private LanguageRuntime resolved(Descriptor descriptor) {
        LanguageRuntime known = runtimes.get(descriptor.name());
        if (known != null) {
            return known;
        }
        Installation installation = finder.find(descriptor);
        try {
            LanguageRuntime runtime = new LanguageRuntime(
                    descriptor, installation, layout(descriptor, installation), prelude(descriptor));
            runtimes.put(descriptor.name(), runtime);
            return runtime;
        } catch (IOException e) {
            throw unreadable(descriptor.folder(), e);
        }
    }

    private static RootLayout layout(Descriptor descriptor, Installation installation) throws IOException {
        LayoutBuilder layout = new LayoutBuilder().show(InstallationFinder.firstThatExists(descriptor));
        for (String path : descriptor.paths()) {
            if (!path.equals(LIBRARIES)) {
                layout.show(Path.of(path));
                continue;
            }
            for (Path folder : installation.libraryFolders()) {
                layout.show(folder);
            }
            if (!installation.loader().isEmpty()) {
                layout.show(Path.of(installation.loader()));
            }
        }
        for (String path : descriptor.latePaths()) {
            layout.showLate(Path.of(path));
        }
        return layout.showAt(descriptor.folder(), LanguageRuntime.FOLDER_IN_JAIL)
                .build();
    }

    private static String prelude(Descriptor descriptor) throws IOException {
        try (DirectoryStream<Path> preludes = Files.newDirectoryStream(descriptor.folder(), "prelude.*")) {
            for (Path prelude : preludes) {
                return prelude.getFileName().toString();
            }
        }
        throw new IOException("no file prelude.*");
    }
}
