package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.policy.toml.Node;
import io.reedact.policy.toml.Place;
import io.reedact.policy.toml.PreparedFileWriter;
import io.reedact.policy.toml.PreparedFiles;
import io.reedact.policy.toml.Table;
import io.reedact.policy.toml.TomlReader;
import io.reedact.problem.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedFilesTest {
    @TempDir
    Path folder;

    private void copyBundled() throws IOException {
        for (String name : List.of("default.toml", "strict.toml", "syscalls.toml")) {
            Files.copy(WrittenPolicies.BUNDLED.resolve(name), folder.resolve(name));
        }
        PreparedFileWriter.main(new String[] {folder.toString()});
    }

    private Policies open() {
        return Policies.open(List.of(folder), WrittenPolicies.LANGUAGES);
    }

    private static String shown(Object value) {
        return value instanceof Table table
                ? entries(table)
                : value instanceof List<?> list ? nodes(list) : String.valueOf(value);
    }

    private static String entries(Table table) {
        StringBuilder text = new StringBuilder("{");
        for (Table.Entry entry : table.entries()) {
            text.append(entry.key()).append('@').append(place(entry.place())).append('=');
            text.append(node(entry.node())).append(' ');
        }
        return text.append('}').toString();
    }

    private static String nodes(List<?> list) {
        StringBuilder text = new StringBuilder("[");
        for (Object item : list) {
            text.append(node((Node) item)).append(' ');
        }
        return text.append(']').toString();
    }

    private static String node(Node node) {
        return shown(node.value()) + "@" + place(node.place());
    }

    private static String place(Place place) {
        return place.line() + ":" + place.column();
    }

    @Test
    void whatIsPreparedIsWhatParsingGives() throws IOException {
        copyBundled();
        PreparedFiles prepared = PreparedFiles.of(folder);
        for (String name : List.of("default.toml", "strict.toml", "syscalls.toml")) {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            SourceText source = new SourceText(name, new String(bytes, StandardCharsets.UTF_8));
            Table found = prepared.find(name, bytes, source);
            assertThat(found).as(name).isNotNull();
            assertThat(shown(found)).isEqualTo(shown(TomlReader.read(source, PolicyText.GRAMMAR, new ArrayList<>())));
        }
    }

    @Test
    void everyKindOfValueAndTextComesBack() throws IOException {
        Path file = folder.resolve("x.toml");
        Files.writeString(file, """
            "quoted key" = "with \\n escape \\u00e4"
            'literal' = 'C:\\x'   # ä, so that columns are not bytes
            "ä" = ["ö", 1, -2, 1.5, true, false, [], {}]
            table = { a = 1, b = { c = "d" } }
            empty = ""
            [x.y]
            "" = 9223372036854775807
            """);
        byte[] bytes = Files.readAllBytes(file);
        SourceText source = new SourceText("x.toml", Files.readString(file));
        Table found =
                PreparedFiles.read(PreparedFileWriter.prepare(List.of(file))).find("x.toml", bytes, source);
        assertThat(shown(found)).isEqualTo(shown(TomlReader.read(source, PolicyText.GRAMMAR, new ArrayList<>())));
    }

    @Test
    void aFileThatWasChangedIsParsed() throws IOException {
        copyBundled();
        assertThat(open().find("default").rules("php").limits().processes()).isEqualTo(64);
        Path file = folder.resolve("default.toml");
        Files.writeString(file, Files.readString(file).replace("process_limit = 64", "process_limit = 63"));
        assertThat(open().find("default").rules("php").limits().processes()).isEqualTo(63);
    }

    @Test
    void onlyWhatLiesBesideTheGroupsCounts(@TempDir Path admins) throws IOException {
        copyBundled();
        Files.copy(folder.resolve("prepared"), admins.resolve("prepared"));
        Files.writeString(admins.resolve("default.toml"), "process_limit = 5\n");
        Policies policies = Policies.open(List.of(admins, folder), WrittenPolicies.LANGUAGES);
        assertThat(policies.find("default").rules("php").limits().processes()).isEqualTo(5);
    }

    @Test
    void bytesThatAreBrokenAnywhereMeanParsing() throws IOException {
        copyBundled();
        byte[] whole = Files.readAllBytes(folder.resolve("prepared"));
        byte[] bytes = Files.readAllBytes(folder.resolve("strict.toml"));
        SourceText source = new SourceText("strict.toml", new String(bytes, StandardCharsets.UTF_8));
        for (int length = 0; length < whole.length; length += 97) {
            PreparedFiles cut = PreparedFiles.read(Arrays.copyOf(whole, length));
            assertThat(cut.find("syscalls.toml", bytes, source))
                    .as("cut at " + length)
                    .isNull();
        }
        byte[] other = whole.clone();
        other[0]++;
        assertThat(PreparedFiles.read(other).find("strict.toml", bytes, source))
                .as("another version")
                .isNull();
        assertThat(PreparedFiles.read(whole).find("strict.toml", bytes, source))
                .as("control")
                .isNotNull();
    }

    @Test
    void isTheSameAtEveryBuild() throws IOException {
        copyBundled();
        byte[] first = Files.readAllBytes(folder.resolve("prepared"));
        PreparedFileWriter.main(new String[] {folder.toString()});
        assertThat(Files.readAllBytes(folder.resolve("prepared"))).isEqualTo(first);
    }

    @Test
    void whatIsNoTomlIsNotPrepared() throws IOException {
        Path file = folder.resolve("x.toml");
        Files.writeString(file, "x = = 1");
        assertThatThrownBy(() -> PreparedFileWriter.prepare(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not valid TOML");
    }
}
