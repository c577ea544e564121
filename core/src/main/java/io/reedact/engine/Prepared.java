package io.reedact.engine;

import io.reedact.policy.Rules;
import io.reedact.runtime.LanguageRuntime;

/**
 * An execution with everything decided: nothing about it can be refused by us any more.
 *
 * @param runtime that runs it
 * @param policy name of the policy
 * @param rules effective for it, narrowed by what it asks for
 * @param spec encoded jail spec
 * @param limits encoded job limits
 * @param job encoded job document
 * @param stdin what it reads
 * @param holes whose names its errors don't show
 */
record Prepared(
        LanguageRuntime runtime,
        String policy,
        Rules rules,
        byte[] spec,
        byte[] limits,
        byte[] job,
        byte[] stdin,
        HoleNames holes) {}
