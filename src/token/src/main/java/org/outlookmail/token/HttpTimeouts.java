package org.outlookmail.token;

import java.time.Duration;

/**
 * How long the token endpoint may take.
 *
 * @param connect to accept a TCP connection; at least a millisecond
 * @param read between two portions of its answer; at least a millisecond
 */
public record HttpTimeouts(Duration connect, Duration read) {

    public HttpTimeouts {
        // Less than a millisecond would reach the socket as 0, which means for ever.
        if (connect.toMillis() < 1 || read.toMillis() < 1) {
            throw new IllegalArgumentException("timeouts must be at least one millisecond: " + connect + ", " + read);
        }
    }
}
