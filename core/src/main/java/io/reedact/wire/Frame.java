package io.reedact.wire;

/**
 * One frame.
 *
 * @param type one of {@link FrameType}, or a number that this version does not know
 * @param execution the execution that it is about, 0 on a control connection
 * @param payload not copied
 */
public record Frame(int type, int execution, byte[] payload) {}
