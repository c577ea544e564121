package io.reedact.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reedact.problem.RequestException;
import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import io.reedact.unit.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a policy and a request say: what comes out is within the ceilings, and only what was asked for is changed. */
class NarrowingPropertyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void requestsNeverGetMoreThanTheCeiling(long seed) {
        Random random = new Random(seed);
        WrittenPolicies policies = new WrittenPolicies(folder);
        int granted = 0;
        for (int i = 0; i < 25; i++) {
            Rules rules = rules(policies, random);
            for (int j = 0; j < 40; j++) {
                granted += narrowsOrRefuses(rules, request(random)) ? 1 : 0;
            }
        }
        assertThat(granted)
                .as("requests that were granted: neither all nor none")
                .isBetween(50, 950);
    }

    private static boolean narrowsOrRefuses(Rules rules, Request request) {
        Limits before = rules.limits();
        Limits most = rules.ceiling();
        boolean within = isWithin(request.timeout(), most.timeout())
                && isWithin(request.memory(), most.memory())
                && isWithin(request.cpu(), most.cpuQuota());
        try {
            Limits after = rules.narrowedBy(request).limits();
            assertThat(within).as("granted beyond a ceiling: " + request).isTrue();
            assertThat(after.timeout()).isEqualTo(orElse(request.timeout(), before.timeout()));
            assertThat(after.memory()).isEqualTo(orElse(request.memory(), before.memory()));
            assertThat(after.cpuQuota()).isEqualTo(orElse(request.cpu(), before.cpuQuota()));
            assertThat(after.disk()).isLessThanOrEqualTo(before.disk());
            assertThat(after.disk().bytes()).isLessThanOrEqualTo(after.memory().bytes() / 2);
            assertThat(rest(after)).isEqualTo(rest(before));
            return true;
        } catch (RequestException e) {
            assertThat(within).as("refused within the ceilings: " + request).isFalse();
            return false;
        }
    }

    private static <T extends Comparable<T>> boolean isWithin(T asked, T most) {
        return asked == null || asked.compareTo(most) <= 0;
    }

    private static <T> T orElse(T asked, T value) {
        return asked == null ? value : asked;
    }

    /** What no request can ask for. */
    private static Limits rest(Limits limits) {
        return new Limits(
                ByteSize.mebibytes(2),
                Duration.ofSeconds(1),
                limits.cpuTime(),
                new CpuShare(1),
                limits.output(),
                limits.value(),
                limits.processes(),
                ByteSize.mebibytes(1),
                limits.inodes(),
                limits.openFiles(),
                limits.fileSize(),
                limits.pageBlocks(),
                limits.pageTimeout());
    }

    private static Rules rules(WrittenPolicies policies, Random random) {
        int memory = 1 + random.nextInt(400);
        int seconds = 1 + random.nextInt(100);
        int cores = 10 + random.nextInt(3000);
        return policies.write(
                        "shop",
                        "memory_limit = \"" + memory + "MiB\"",
                        "timeout = \"" + seconds + "s\"",
                        "cpu_quota = " + new CpuShare(cores),
                        random.nextBoolean() ? "process_limit = 7" : "",
                        "[ceiling]",
                        random.nextBoolean() ? "memory_limit = \"" + (memory + random.nextInt(400)) + "MiB\"" : "",
                        random.nextBoolean() ? "timeout = \"" + (seconds + random.nextInt(100)) + "s\"" : "",
                        random.nextBoolean() ? "cpu_quota = " + new CpuShare(cores + random.nextInt(1000)) : "")
                .rules("shop");
    }

    private static Request request(Random random) {
        return new Request(
                random.nextBoolean() ? null : Durations.parse(1 + random.nextInt(200_000) + "ms"),
                random.nextBoolean() ? null : ByteSize.kibibytes(1024 + random.nextInt(800 * 1024)),
                random.nextBoolean() ? null : new CpuShare(10 + random.nextInt(4000)));
    }
}
