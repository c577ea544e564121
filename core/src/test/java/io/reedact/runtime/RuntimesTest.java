package io.reedact.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.ProblemException;
import io.reedact.problem.RequestException;
import io.reedact.problem.RuntimeFileException;
import io.reedact.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimesTest {
    private static final String DESCRIPTOR = """
            name = "python"
            aliases = ["py"]
            extensions = ["py"]
            interpreter = ["/nowhere/python3", "/usr/bin/python3"]
            arguments = ["-I", "--heap={memory:50:MiB}", "--bytes={memory:10}", "{prelude}"]
            version = { arguments = ["--version"], pattern = 'Python (\\S+)' }
            paths = ["/usr/lib/python3", "/does/not/exist", "{libraries}"]
            start = "fork"
            start_limits = { time = "10s", memory = "64MiB" }
            [values]
            big_integers = true
            exact_decimals = true
            lone_surrogates = false
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void aRuntimeOfPython() throws IOException {
        write("python", DESCRIPTOR);
    }

    private Path write(String name, String descriptor) throws IOException {
        Path runtime = Files.createDirectories(folder.resolve("runtimes").resolve(name));
        Files.writeString(runtime.resolve("prelude.py"), "");
        return Files.writeString(runtime.resolve("runtime.toml"), descriptor);
    }

    private Runtimes open() {
        return Runtimes.open(
                List.of(folder.resolve("admin"), folder.resolve("runtimes")), folder.resolve("cache/file"));
    }

    @Test
    void findsALanguageByNameAliasAndVersionInAnyCase() {
        Runtimes runtimes = open();
        LanguageRuntime python = runtimes.find("python");
        assertThat(python.version()).matches("3\\.\\d+\\.\\d+");
        assertThat(python.label()).isEqualTo("python " + python.version());
        assertThat(runtimes.find("PY")).isSameAs(python);
        assertThat(runtimes.find("python-3")).isSameAs(python);
        assertThat(runtimes.find("py-" + python.version())).isSameAs(python);
        assertThatThrownBy(() -> runtimes.find("python-2.7"))
                .hasMessageContaining("installed is python " + python.version());
        assertThat(python.traits().loneSurrogates()).isFalse();
        assertThat(python.traits().bigIntegers()).isTrue();
    }

    @Test
    void anUnknownLanguageIsRefusedWithASuggestion() {
        assertThatThrownBy(() -> open().find("pythn"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("unknown language 'pythn'")
                .satisfies(
                        e -> assertThat(((ProblemException) e).problems().get(0).help())
                                .contains("'python'"));
        for (String hostile : List.of("", "../python", ".", "a/b", "-")) {
            assertThatThrownBy(() -> open().find(hostile)).isInstanceOf(RequestException.class);
        }
    }

    @Test
    void theAdminsFolderWins() throws IOException {
        Path runtime = Files.createDirectories(folder.resolve("admin/python"));
        Files.writeString(runtime.resolve("prelude.py"), "");
        Files.writeString(
                runtime.resolve("runtime.toml"), DESCRIPTOR.replace("[\"py\"]\nextensions", "[\"snake\"]\nextensions"));
        assertThat(open().find("snake").name()).isEqualTo("python");
        assertThat(open().names()).containsExactly("python");
    }

    @Test
    void aMissingInterpreterIsToldWhenItIsWanted() throws IOException {
        write(
                "cobol",
                DESCRIPTOR
                        .replace("\"python\"", "\"cobol\"")
                        .replace("\"py\"", "\"cob\"")
                        .replace("/usr/bin/python3", "/nowhere/cobc"));
        Runtimes runtimes = open();
        assertThatThrownBy(() -> runtimes.find("cobol"))
                .hasMessageContaining("no interpreter for cobol")
                .hasMessageContaining("RUN-002");
        assertThat(runtimes.availability().get("cobol").problem()).isNotNull();
        assertThat(runtimes.availability().get("python").runtime()).isNotNull();
    }

    @Test
    void aBrokenDescriptorIsNotInTheWayOfOtherLanguages() throws IOException {
        write("ada", "name = ");
        Runtimes runtimes = open();
        assertThat(runtimes.find("py").name()).isEqualTo("python");
        assertThat(runtimes.find("py-3").name()).isEqualTo("python");
        assertThat(runtimes.languageOf("shop.py")).contains("python");
        for (String perhapsAda : List.of("ada", "ada95")) {
            assertThatThrownBy(() -> runtimes.find(perhapsAda))
                    .isInstanceOf(RuntimeFileException.class)
                    .hasMessageContaining("ada/runtime.toml");
        }
        assertThatThrownBy(() -> runtimes.languageOf("shop.adb")).isInstanceOf(RuntimeFileException.class);
        assertThat(runtimes.availability().get("ada").problem()).isInstanceOf(RuntimeFileException.class);
    }

    @Test
    void theLineThatTellsOfAHeapCeilingIsFoundWhereTheDescriptorKnowsOne() throws IOException {
        assertThat(open().find("python").heapExhaustedLine("heap is full")).isEmpty();
        write("python", DESCRIPTOR.replace("start = ", "heap_exhausted = 'heap is (full|torn)'\nstart = "));
        LanguageRuntime python = open().find("python");
        assertThat(python.heapExhaustedLine("what\nFATAL: heap is torn\nwell")).contains("FATAL: heap is torn");
        assertThat(python.heapExhaustedLine("heap is fine")).isEmpty();
        write("python", DESCRIPTOR.replace("start = ", "heap_exhausted = '('\nstart = "));
        assertThatThrownBy(() -> open().find("python"))
                .hasMessageContaining("'heap_exhausted' is no regular expression")
                .hasMessageContaining("RUN-015");
    }

    @Test
    void aScriptIsNoInterpreter() throws IOException {
        Path shim = Files.writeString(folder.resolve("python3"), "#!/bin/sh\nexec python3\n");
        assertThat(shim.toFile().setExecutable(true)).isTrue();
        write("python", DESCRIPTOR.replace("/usr/bin/python3", shim.toString()));
        assertThatThrownBy(() -> open().find("python")).hasMessageContaining("no 64-bit program");
    }

    @Test
    void argumentsAreFilledIn() {
        assertThat(open().find("python").arguments(ByteSize.mebibytes(100)))
                .containsExactly("-I", "--heap=50", "--bytes=10485760", "/runtime/prelude.py");
    }

    @Test
    void theLayoutShowsInterpreterLibrariesAndWhatExistsOfThePaths() throws IOException {
        LanguageRuntime python = open().find("python");
        List<Tree> trees = python.layout().trees();
        assertThat(python.interpreter()).isEqualTo(Path.of("/usr/bin/python3").toRealPath());
        assertThat(trees)
                .contains(new Tree(python.interpreter(), python.interpreter().toString(), Tree.Kind.FILE))
                .anyMatch(tree -> tree.target().equals("/runtime") && tree.kind() == Tree.Kind.DIRECTORY)
                .anyMatch(tree -> tree.target().startsWith("/usr/lib/")
                        && Files.exists(tree.source().resolve("libc.so.6")))
                .noneMatch(tree -> tree.target().contains("/does/not/exist"));
        assertThat(python.layout().symlinks())
                .contains(new Symlink(
                        "/lib", Files.readSymbolicLink(Path.of("/lib")).toString()));
    }

    @Test
    void whatIsShownLateIsALinkThatLeadsNowhereYet() throws IOException {
        Path zones = Files.createDirectories(folder.resolve("real/zones"));
        Files.createSymbolicLink(folder.resolve("share"), Path.of("real"));
        RootLayout layout =
                new LayoutBuilder().showLate(folder.resolve("share/zones")).build();
        String late = "/late" + zones;
        assertThat(layout.trees()).containsExactly(new Tree(zones.toRealPath(), late, Tree.Kind.DIRECTORY));
        assertThat(layout.symlinks())
                .containsExactlyInAnyOrder(
                        new Symlink(folder.resolve("share").toString(), "real"),
                        new Symlink(zones.toString(), "/tmp/.late" + zones));
        assertThat(new LayoutBuilder().showLate(folder.resolve("none")).build().trees())
                .isEmpty();
    }

    @Test
    void noTreeLiesInsideAnother() throws IOException {
        Path outer = Files.createDirectories(folder.resolve("tree/inner")).getParent();
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("tree"));
        RootLayout layout = new LayoutBuilder()
                .show(outer.resolve("inner"))
                .show(link)
                .show(outer)
                .build();
        assertThat(layout.trees())
                .containsExactly(new Tree(outer.toRealPath(), outer.toRealPath().toString(), Tree.Kind.DIRECTORY));
        assertThat(layout.symlinks()).contains(new Symlink(link.toString(), "tree"));
    }

    @Test
    void aCircleOfLinksLeadsToNothingAndIsPassedOver() throws IOException {
        Path one = folder.resolve("one");
        Files.createSymbolicLink(one, Path.of("two"));
        Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        assertThat(new LayoutBuilder().show(one).build()).isEqualTo(new RootLayout(List.of(), List.of()));
    }

    @Test
    void theCacheIsOnlyAboutSpeed() throws IOException {
        String version = open().find("python").version();
        Path cache = folder.resolve("cache/file");
        assertThat(cache).content().contains("/usr/bin/python3", version);
        Files.writeString(cache, Files.readString(cache).replace(version, "9.9.9"));
        assertThat(open().find("python").version()).isEqualTo("9.9.9");
        Files.writeString(cache, "\0\t\t\tbroken\n");
        assertThat(open().find("python").version()).isEqualTo(version);
        Files.delete(cache);
        Files.createDirectories(cache.resolve("in the way"));
        assertThat(open().find("python").version()).isEqualTo(version);
    }

    @Test
    void everythingWrongInADescriptorIsToldAtOnce() throws IOException {
        write(
                "python",
                DESCRIPTOR
                        .replace("start = \"fork\"", "start = \"soon\"")
                        .replace("aliases", "aliasses")
                        .replace("\"64MiB\"", "64")
                        .replace("(\\S+)", "(")
                        .replace("big_integers = true\n", "")
                        .replace("\"/usr/lib/python3\"", "\"lib\""));
        assertThatThrownBy(() -> open().find("python")).isInstanceOfSatisfying(RuntimeFileException.class, e -> {
            assertThat(e.problems())
                    .extracting(problem -> problem.code().code())
                    .containsExactlyInAnyOrder("RUN-012", "RUN-015", "RUN-015", "RUN-013", "RUN-014", "RUN-015");
            assertThat(e.render())
                    .contains("unknown key 'aliasses'", "did you mean 'aliases'?", "runtime.toml:2:1")
                    .contains("wants cold, park or fork, found \"soon\"")
                    .contains("'values.big_integers' is missing");
        });
    }

    private static final String LEXICAL = """
            hole = "${name}"
            indentation = "significant"
            [lexical]
            skip = [
              { open = "(['])", close = "\\\\1", escape = "\\\\", one_line = true },
              { open = "#", close = "x" },
            ]
            [values]
            """;

    @Test
    void aDescriptorTellsHowNamesAreBoundAndWhereNot() throws IOException {
        LanguageRuntime bare = open().find("python");
        assertThat(bare.hole("x")).isEmpty();
        assertThat(bare.skips()).isEmpty();
        assertThat(bare.isIndentationSignificant()).isFalse();
        write("python", DESCRIPTOR.replace("[values]\n", LEXICAL));
        LanguageRuntime python = open().find("python");
        assertThat(python.hole("x")).contains("$x");
        assertThat(python.isIndentationSignificant()).isTrue();
        assertThat(python.skips()).hasSize(2).first().satisfies(skip -> {
            assertThat(skip.open().pattern()).isEqualTo("(['])");
            assertThat(skip.close()).isEqualTo("\\1");
            assertThat(skip.escape()).isEqualTo("\\");
            assertThat(skip.oneLine()).isTrue();
        });
        assertThat(python.skips().get(1).escape()).isNull();
        assertThat(python.skips().get(1).oneLine()).isFalse();
    }

    @Test
    void everythingWrongInWhatTemplatesNeedIsToldAtOnce() throws IOException {
        String wrong = LEXICAL.replace("${name}", "$")
                .replace("\"significant\"", "\"some\"")
                .replace("one_line", "oneline")
                .replace("\"(['])\"", "\"'\"")
                .replace("open = \"#\"", "open = \"(\"")
                .replace("},\n]", "},\n  { open = 1 },\n  \"x\",\n]");
        write("python", DESCRIPTOR.replace("[values]\n", wrong));
        assertThatThrownBy(() -> open().find("python")).isInstanceOfSatisfying(RuntimeFileException.class, e -> {
            assertThat(e.problems())
                    .extracting(problem -> problem.code().code())
                    .containsExactlyInAnyOrder(
                            "RUN-012", "RUN-013", "RUN-013", "RUN-014", "RUN-015", "RUN-015", "RUN-015", "RUN-015");
            assertThat(e.render())
                    .contains("'indentation' wants significant or free, found \"some\"")
                    .contains("'hole' wants {name} in it, found \"$\"")
                    .contains("unknown key 'oneline'", "did you mean 'one_line'?", "'close' is missing")
                    .contains("'close' has a \\1, and 'open' has no group", "'open' is no regular expression");
        });
    }

    @Test
    void languagesOfFilesAreFoundByTheirEnding() {
        assertThat(open().languageOf("a/b.PY")).contains("python");
        assertThat(open().languageOf("b.unknown")).isEmpty();
    }

    @Test
    void theBundledDescriptorsCanBeRead() {
        Runtimes bundled = Runtimes.open(List.of(Path.of("../runtimes")), folder.resolve("cache/bundled"));
        assertThat(bundled.names()).contains("javascript", "php", "python");
        for (String name : bundled.names()) {
            LanguageRuntime runtime = bundled.find(name);
            assertThat(runtime.name()).isEqualTo(name);
            assertThat(runtime.arguments(ByteSize.mebibytes(256))).noneMatch(argument -> argument.contains("{"));
            assertThat(runtime.hole("total").orElseThrow()).endsWith("total");
        }
    }
}
