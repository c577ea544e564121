package io.reedact.engine;

import io.reedact.wire.OutcomeFacts;

/**
 * What the jailer handed over about one execution.
 *
 * @param facts its findings
 * @param stdout as far as it was passed on
 * @param stderr as far as it was passed on
 * @param value the value document, empty if there is none
 */
record Answer(OutcomeFacts facts, byte[] stdout, byte[] stderr, byte[] value) {}
