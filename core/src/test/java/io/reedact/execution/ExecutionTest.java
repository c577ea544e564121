package io.reedact.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.RequestException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
}
