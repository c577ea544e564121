package io.reedact.wire;

import java.io.IOException;

/** The jailer sent something that the protocol does not know. The connection can't be used any more. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message what came, and what was wanted */
    public ProtocolException(String message) {
        super(message);
    }
}
