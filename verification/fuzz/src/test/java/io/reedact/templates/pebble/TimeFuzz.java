package io.reedact.templates.pebble;

import static io.reedact.templates.Fuzzed.check;

import io.reedact.templates.Fuzzed;
import io.reedact.templates.PreparedTemplate;
import io.reedact.templates.TemplateException;
import io.reedact.templates.TemplateText;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Reading a template takes time about linear in its length: what takes long when it is repeated is none that does. */
public final class TimeFuzz {
    private static final int LENGTH = 150_000;
    private static final long MOST_NANOS = 3_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private TimeFuzz() {}

    /** Called by the fuzzer. What is between NULs is written again and again, what is before and behind them once. */
    public static void fuzzerTestOneInput(byte[] data) {
        String[] parts = Fuzzed.text(data).split("\0", 3);
        String again = parts[parts.length == 1 ? 0 : 1];
        if (again.isEmpty() || again.length() > 300) {
            return;
        }
        String before = parts.length == 1 ? "" : parts[0];
        String all = before + again.repeat(LENGTH / again.length()) + (parts.length == 3 ? parts[2] : "");
        long first = nanos(all);
        // The compiler of the JVM may have been at it: it does not compile the same again.
        check(first < MOST_NANOS || nanos(all) < MOST_NANOS, "time is about linear in length");
    }

    /** Of this thread: the machine may have other things to do. */
    private static long nanos(String text) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            var _ = PebbleRewriter.rewrite(
                    PreparedTemplate.of(new TemplateText("page", text), Fuzzed.JAILS, "default"));
        } catch (TemplateException e) {
            check(!e.problems().isEmpty(), "a refusal says what is wrong");
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }
}
