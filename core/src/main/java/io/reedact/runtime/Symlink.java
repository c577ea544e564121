package io.reedact.runtime;

/**
 * A symbolic link in a jail.
 *
 * @param path absolute, in the jail
 * @param target as the host's link has it
 */
public record Symlink(String path, String target) {}
