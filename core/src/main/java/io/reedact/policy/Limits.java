package io.reedact.policy;

import io.reedact.unit.ByteSize;
import io.reedact.unit.CpuShare;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much one execution may use. All but the last two are enforced by the kernel or the jailer, not by this JVM. Time and
 * memory count from the job on.
 *
 * @param memory {@code memory.max} of the jail's control group (v1: {@code memory.limit_in_bytes}), no swap; tmpfs counts
 * @param timeout from the job's first byte to the guest's end, by a clock that nobody sets
 * @param cpuTime user and system time of all processes ({@code cpu.stat}, {@code cpuacct.usage}); null: as much as it gets
 * @param cpuQuota {@code cpu.max} (v1: {@code cpu.cfs_quota_us}) of a period of 100 ms
 * @param output bytes of stdout and of stderr, each, counted by the jailer
 * @param value bytes of the value document, counted by the jailer
 * @param processes {@code pids.max}, without the jail's own pid 1; threads count
 * @param disk size of the private tmpfs under /tmp, /job and /dev/shm together; at most half of memory
 * @param inodes {@code nr_inodes} of that tmpfs
 * @param openFiles RLIMIT_NOFILE of each process
 * @param fileSize RLIMIT_FSIZE
 * @param pageBlocks executions of one page; at least 1
 * @param pageTimeout from a page's first block to its last byte
 */
public record Limits(
        ByteSize memory,
        Duration timeout,
        @Nullable Duration cpuTime,
        CpuShare cpuQuota,
        ByteSize output,
        ByteSize value,
        int processes,
        ByteSize disk,
        int inodes,
        int openFiles,
        ByteSize fileSize,
        int pageBlocks,
        Duration pageTimeout) {
    public Limits {
        requirePositive("memory", memory.bytes());
        requirePositive("timeout", timeout.toNanos());
        requirePositive("cpuTime", cpuTime == null ? 1 : cpuTime.toNanos());
        requirePositive("output", output.bytes());
        requirePositive("value", value.bytes());
        requirePositive("processes", processes);
        requirePositive("disk", disk.bytes());
        requirePositive("inodes", inodes);
        requirePositive("openFiles", openFiles);
        requirePositive("fileSize", fileSize.bytes());
        requirePositive("pageBlocks", pageBlocks);
        requirePositive("pageTimeout", pageTimeout.toNanos());
        if (disk.bytes() > memory.bytes() / 2) {
            throw new IllegalArgumentException("disk must be at most half of memory, found " + disk + " of " + memory);
        }
    }

    private static void requirePositive(String what, long amount) {
        if (amount <= 0) {
            throw new IllegalArgumentException(what + " must be positive, found " + amount);
        }
    }

    /** The same with another share of time, memory and CPU. The disk shrinks with the memory where it has to. */
    Limits with(Duration newTimeout, ByteSize newMemory, CpuShare newCpuQuota) {
        return new Limits(
                newMemory,
                newTimeout,
                cpuTime,
                newCpuQuota,
                output,
                value,
                processes,
                atMostHalf(disk, newMemory),
                inodes,
                openFiles,
                fileSize,
                pageBlocks,
                pageTimeout);
    }

    /** A disk that fits a memory limit: a full disk is then an error for the guest and never a memory kill. */
    static ByteSize atMostHalf(ByteSize disk, ByteSize memory) {
        return disk.bytes() <= memory.bytes() / 2 ? disk : new ByteSize(memory.bytes() / 2);
    }
}
