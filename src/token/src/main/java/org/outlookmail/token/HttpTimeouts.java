package org.outlookmail.token;

import java.time.Duration;

/**
 * How long the token endpoint may take.
 *
 * @param connect to accept a TCP connection; positive
 * @param read between two portions of its answer; positive
 */
public record HttpTimeouts(Duration connect, Duration read) {

    public HttpTimeouts {
        if (connect.isNegative() || connect.isZero() || read.isNegative() || read.isZero()) {
            throw new IllegalArgumentException("timeouts must be finite and positive");
        }
    }
}
