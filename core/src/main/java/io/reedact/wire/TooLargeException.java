package io.reedact.wire;

/** What does not fit into the protocol; whoever encodes it knows whom to tell. */
public final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLargeException(String message) {
        super(message);
    }
}
