package io.reedact.execution;

import org.jspecify.annotations.Nullable;

/**
 * Something that the guest tried and the policy stopped.
 *
 * @param kind {@code syscall}, or {@code abi} for a call through a foreign ABI
 * @param name of the call or the ABI, for example {@code socket}
 * @param detail its arguments as far as they are numbers, in the kernel's words, for example {@code AF_INET SOCK_STREAM};
 *     empty where there are none worth telling
 * @param count how often; a lower bound where the outcome says {@code violationsTruncated}
 * @param rule the line of the policy that stopped it
 * @param hint what would allow it, or what to use instead; null where there is nothing to say
 */
public record Violation(
        String kind,
        String name,
        String detail,
        long count,
        String rule,
        @Nullable String hint) {}
