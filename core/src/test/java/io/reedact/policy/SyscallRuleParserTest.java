package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyscallRuleParserTest {
    private static final long INT = 0xffff_ffffL;
    private static final ArgumentNames NAMES = new ArgumentNames();

    static {
        NAMES.add("family", null, false, Map.of("AF_UNIX", 1L, "AF_INET", 2L, "AF_INET6", 10L));
        NAMES.add("flags", 0x30L, true, Map.of("F_ONE", 0x10L, "F_TWO", 0x20L));
    }

    private static SyscallBranch parse(String rule) {
        return SyscallRuleParser.parse(rule, NAMES);
    }

    private static Condition is(int argument, long value) {
        return new Condition(argument, true, INT, value);
    }

    @Test
    void readsActions() {
        assertThat(parse("allow")).isEqualTo(SyscallBranch.ALLOW);
        assertThat(parse("report EPERM")).isEqualTo(SyscallBranch.DENIED);
        assertThat(parse("refuse ENOSYS").errno()).isEqualTo(38);
        assertThat(parse("refuse ENOSYS").action()).isEqualTo(Action.REFUSE);
        assertThat(parse("ignore").action()).isEqualTo(Action.REFUSE);
        assertThat(parse("ignore").errno()).isZero();
    }

    @Test
    void comparesAllBitsOfAnIntAndNoMore() {
        Condition condition =
                parse("allow where 0 is AF_UNIX").alternatives().get(0).get(0);
        assertThat(condition.holds(1)).isTrue();
        assertThat(condition.holds(0x1_0000_0001L))
                .as("the kernel takes 32 bits, so high ones change nothing")
                .isTrue();
        assertThat(condition.holds(2)).isFalse();
    }

    @Test
    void readsTests() {
        assertThat(parse("allow where 0 is AF_INET or AF_INET6").alternatives())
                .containsExactly(List.of(is(0, 2)), List.of(is(0, 10)));
        assertThat(parse("allow where 5 is not 0").alternatives())
                .containsExactly(List.of(new Condition(5, false, INT, 0)));
        assertThat(parse("allow where 1 & 0xf is 1").alternatives())
                .containsExactly(List.of(new Condition(1, true, 0xf, 1)));
        assertThat(parse("allow where 2 has F_ONE|F_TWO").alternatives())
                .containsExactly(List.of(new Condition(2, false, 0x30, 0)));
        assertThat(parse("allow where 2 has no F_ONE").alternatives())
                .containsExactly(List.of(new Condition(2, true, 0x10, 0)));
    }

    @Test
    void combinesTests() {
        assertThat(parse("report EACCES where 0 is 1 or 2 and 1 is 3 or 4").alternatives())
                .containsExactlyInAnyOrder(
                        List.of(is(0, 1), is(1, 3)),
                        List.of(is(0, 1), is(1, 4)),
                        List.of(is(0, 2), is(1, 3)),
                        List.of(is(0, 2), is(1, 4)));
    }

    @Test
    void countsOnlyWithoutAGroup() {
        SyscallBranch branch = parse("report EPERM without @locks where 1 is 6");
        assertThat(branch.withoutGroup()).isEqualTo("@locks");
        assertThat(branch.isUnconditional()).isFalse();
        assertThat(parse("report EPERM without @locks").isUnconditional()).isFalse();
        assertThat(parse("report EPERM").isUnconditional()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | ends where an action is wanted",
                "permit | 'permit' is no action",
                "report | ends where an error is wanted",
                "report EWHAT | unknown error 'EWHAT'",
                "allow where | ends where an argument is wanted",
                "allow where 0 | wants 'is' or 'has' after argument 0",
                "allow where 0 is | ends where a value is wanted",
                "allow where 0 is AF_NONE | 'AF_NONE' is neither a number nor a word of [names]",
                "allow where 6 is 1 | a system call has arguments 0 to 5, found 6",
                "allow where 1 & 0xf is 0x10 | can never hold: 0x10 under the mask 0xf",
                "allow where 0 is 1 2 | nothing can follow, found '2'",
                "allow EPERM | nothing can follow, found 'EPERM'",
            })
    void refusesWhatIsNoRule(String rule, String why) {
        assertThatThrownBy(() -> parse(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
