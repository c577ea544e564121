package io.reedact.execution;

/**
 * How often a limit that only refuses was met, as far as the kernel keeps a fact.
 *
 * @param processes refused forks and threads (pids.events)
 * @param disk 1 if the jail's file system was full when the guest ended, else 0
 * @param inodes 1 if it had no inode left then, else 0
 */
public record LimitHits(long processes, long disk, long inodes) {}
