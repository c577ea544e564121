package io.reedact.policy;

/**
 * What a denied system call was about, in words.
 *
 * @param detail its arguments, such as {@code AF_INET SOCK_STREAM}; empty where none is worth a word
 * @param rule what in the policy denied it
 * @param hint what its author can do
 */
public record Denial(String detail, String rule, String hint) {}
