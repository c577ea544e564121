package io.reedact.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.policy.Request;
import io.reedact.problem.RequestException;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionTest {
    @Test
    void eachChangeIsAnotherExecution() {
        Execution bare = Execution.of("python", "return x");
        Execution full = bare.with("x", 1)
                .stdin("in")
                .args("a")
                .timeout(Duration.ofSeconds(1))
                .policy("strict")
                .named("p", 3);
        assertThat(bare.inputs()).isEmpty();
        assertThat(bare.stdin()).isEmpty();
        assertThat(bare.arguments()).isEmpty();
        assertThat(bare.policy()).isEqualTo("default");
        assertThat(bare.request().timeout()).isNull();
        assertThat(full.inputs()).containsEntry("x", 1);
        assertThat(full.source().file()).isEqualTo("p");
        assertThat(full.source().line()).isEqualTo(3);
        assertThat(full.with("x", 2).inputs()).containsEntry("x", 2);
        assertThat(full.inputs()).containsEntry("x", 1);
    }

    @Test
    void anInputMayBeNull() {
        assertThat(Execution.of("php", "").with("x", null).inputs()).containsEntry("x", null);
    }

    @Test
    void bytesAreCopied() {
        byte[] bytes = {1};
        Execution execution = Execution.of("php", "").stdin(bytes).file("f", bytes);
        bytes[0] = 2;
        execution.stdin()[0] = 3;
        assertThat(execution.stdin()).containsExactly(1);
        assertThat(execution.files().get("f")).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "a b", "a-b", "é", "x\0", "$x", "a.b"})
    void namesOfInputsAreVariables(String name) {
        assertThatThrownBy(() -> Execution.of("php", "").with(name, 1))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("REQ-003");
    }

    @Test
    void holesHaveNamesLikeInputsAndKeepTheirOrder() {
        Execution bare = Execution.of("php", "");
        Execution execution =
                bare.withHole("b", "{{ b }}", null).withHole("a", "{{ a }}", 1).withHole("b", "{{ c }}", 2);
        assertThat(execution.holes())
                .containsExactly(new Execution.Hole("b", "{{ c }}", 2), new Execution.Hole("a", "{{ a }}", 1));
        assertThat(bare.holes()).isEmpty();
        assertThatThrownBy(() -> bare.withHole("a b", "{{ a }}", 1)).hasMessageContaining("REQ-003");
    }

    @Test
    void aProgramHasNoHolesAndIsNotCompiledAlone() {
        Execution program = Execution.program("php", "");
        assertThatThrownBy(() -> program.withHole("a", "{{ a }}", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(program::syntaxOnly).isInstanceOf(IllegalStateException.class);
        assertThat(Execution.of("php", "").syntaxOnly().with("a", 1).isSyntaxOnly())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/etc/passwd", "x\0"})
    void filesHavePlainNames(String name) {
        assertThatThrownBy(() -> Execution.of("php", "").file(name, new byte[0]))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("REQ-003");
    }

    @Test
    void outputKnowsWhetherItIsText() {
        assertThat(new Output("é".getBytes(StandardCharsets.UTF_8), false).isText())
                .isTrue();
        Output cut = new Output(new byte[] {'a', (byte) 0xc3}, true);
        assertThat(cut.isText()).isFalse();
        assertThat(cut.text()).isEqualTo("a\ufffd");
        assertThat(cut.truncated()).isTrue();
    }

    @Test
    void outputCanBeAnyBytes() {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0xc3, (byte) 0xa9};
        Output output = new Output(bytes, false);
        assertThat(output.text()).isEqualTo("\ufffd\0é").hasToString(output.toString());
        assertThat(output.isText()).isFalse();
        assertThat(output.size()).isEqualTo(4);
        assertThat(output.truncated()).isFalse();
        output.bytes()[0] = 1;
        assertThat(output.bytes()).isEqualTo(bytes);
        assertThat(Output.NONE.text()).isEmpty();
        assertThat(Output.NONE.isText()).isTrue();
    }

    @Test
    void whatIsHandedOutCantBeChanged() {
        Execution execution = Execution.of("php", "").with("x", 1).args("a").file("f", new byte[1]);
        assertThatThrownBy(() -> execution.inputs().put("y", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> execution.arguments().add("b")).isInstanceOf(UnsupportedOperationException.class);
        execution.files().clear();
        execution.files().get("f")[0] = 7;
        assertThat(execution.files().get("f")).containsExactly(0);
    }

    @Test
    void whatIsHandedInCanBeChangedLater() {
        List<String> words = new ArrayList<>(List.of("a"));
        Map<String, Object> inputs = new HashMap<>(Map.of("x", 1));
        Execution execution = Execution.of("php", "").args(words).withAll(inputs);
        words.add("b");
        inputs.put("y", 2);
        assertThat(execution.arguments()).containsExactly("a");
        assertThat(execution.inputs()).containsOnlyKeys("x");
    }

    @Test
    void inputsKeepTheirOrderAndAllNamesAreLookedAt() {
        Execution execution =
                Execution.of("php", "").with("z", 1).with("_a1", 2).with("m", 3).with("z", 4);
        assertThat(execution.inputs()).containsExactly(Map.entry("z", 4), Map.entry("_a1", 2), Map.entry("m", 3));
        assertThatThrownBy(() -> execution.withAll(Map.of("a-b", 1))).isInstanceOf(RequestException.class);
    }

    @Test
    void limitsAreAskedForOneByOne() {
        Execution execution = Execution.of("php", "")
                .timeout(Duration.ofSeconds(1))
                .memory(ByteSize.mebibytes(10))
                .cpu(new CpuShare(250));
        assertThat(execution.request())
                .isEqualTo(new Request(Duration.ofSeconds(1), ByteSize.mebibytes(10), new CpuShare(250)));
    }

    @Test
    void linesCountFromOne() {
        assertThatThrownBy(() -> Execution.of("php", "").named("f", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReportsListsCantBeChanged() {
        List<String> layers = new ArrayList<>(List.of("seccomp"));
        Isolation isolation = new Isolation(layers, List.of(), 0);
        layers.clear();
        assertThat(isolation.layers()).containsExactly("seccomp");
    }

    @Test
    void onlyStatusZeroWithoutASignalIsSuccess() {
        assertThat(new Exit(0, null).isSuccess()).isTrue();
        assertThat(new Exit(1, null).isSuccess()).isFalse();
        assertThat(new Exit(0, "SIGKILL").isSuccess()).isFalse();
    }
}
