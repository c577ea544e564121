package io.reedact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.execution.Exit;
import io.reedact.execution.GuestError;
import io.reedact.execution.LimitKind;
import io.reedact.execution.Outcome;
import io.reedact.execution.Violation;
import org.junit.jupiter.api.Test;

class ExecutionTextTest {
    private final RecordedTerminal file = RecordedTerminal.unwatched();
    private final RecordedTerminal person = RecordedTerminal.watched();

    private static void print(Outcome outcome, RecordedTerminal terminal) {
        new ExecutionText(terminal.terminal()).print(outcome);
    }

    @Test
    void theValueFollowsTheOutputOnALineOfItsOwn() {
        print(new Outcome.Completed("v", Outcomes.writing("line\n", "")), file);
        print(new Outcome.Completed("v", Outcomes.writing("no end", "")), file);
        assertThat(file.out()).isEqualTo("line\n\"v\"\nno end\n\"v\"\n");
        assertThat(file.err()).isEmpty();
    }

    @Test
    void nothingFollowsWhereThereIsNoValue() {
        print(new Outcome.Completed(null, Outcomes.writing("text", "")), file);
        assertThat(file.out()).isEqualTo("text");
    }

    @Test
    void whatGuestsWriteIsEscapedOnlyForAPerson() {
        Outcome outcome = new Outcome.Completed("\u009b1m", Outcomes.writing("\033[2J\n", "\033]0;x\007\n"));
        print(outcome, person);
        assertThat(person.out()).isEqualTo("\\x1b[2J\n\"\\u009b1m\"\n");
        assertThat(person.err()).isEqualTo("\\x1b]0;x\\x07\n");
        print(outcome, file);
        assertThat(file.out()).isEqualTo("\033[2J\n\"\u009b1m\"\n");
    }

    @Test
    void aFailureIsToldWithPlaceAndTrace() {
        var error = new GuestError("ZeroDivisionError", "division by zero", "page.peb", 14, "  in f\n  in g", null);
        print(new Outcome.Failed(error, Outcomes.ending(new Exit(1, null))), file);
        assertThat(file.err())
                .isEqualTo("error: ZeroDivisionError: division by zero\n  --> page.peb:14\n  in f\n  in g\n");
        print(new Outcome.Failed(error.withHint("a way out"), Outcomes.ending(new Exit(1, null))), person);
        assertThat(person.err()).endsWith("  in g\n  = help: a way out\n");
    }

    @Test
    void aFailureWithoutWordsIsToldByItsExit() {
        print(new Outcome.Failed(null, Outcomes.ending(new Exit(3, null))), file);
        print(new Outcome.Failed(null, Outcomes.ending(new Exit(0, "SIGKILL"))), file);
        assertThat(file.err())
                .isEqualTo("error: the guest ended with exit status 3\nerror: the guest was ended by SIGKILL\n");
    }

    @Test
    void anErrorOfAGuestCantMoveACursorEither() {
        var error = new GuestError("E\033[1A", "m\r", null, 0, "", null);
        print(new Outcome.Failed(error, Outcomes.quiet()), person);
        assertThat(person.err()).isEqualTo("error: E\\x1b[1A: m\\x0d\n");
    }

    @Test
    void aLimitIsToldInTheUnitOfItsKey() {
        print(new Outcome.LimitExceeded(LimitKind.MEMORY, 64 << 20, 64 << 20, Outcomes.quiet()), file);
        print(new Outcome.LimitExceeded(LimitKind.WALL_TIME, 500_000_000, 500_900_000, Outcomes.quiet()), file);
        assertThat(file.err()).isEqualTo("""
                        error: stopped at its limit: memory of 64MiB, used 64MiB
                        error: stopped at its limit: wall_time of 500ms, used 500ms
                        """);
    }

    @Test
    void aDeniedCallIsToldWithRuleAndHint() {
        var violation =
                new Violation("syscall", "socket", "AF_INET SOCK_STREAM", 3, "network_access = false", "no network");
        print(new Outcome.Completed(null, Outcomes.denied(violation)), file);
        assertThat(file.err()).isEqualTo("""
                        note: denied: socket AF_INET SOCK_STREAM (3 times)
                          = rule: network_access = false
                          = help: no network
                        """);
    }
}
