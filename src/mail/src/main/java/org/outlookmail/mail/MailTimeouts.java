package org.outlookmail.mail;

import java.time.Duration;

/**
 * How long a mail server may take; all finite, at least a millisecond.
 *
 * @param connect to accept a TCP connection
 * @param read to answer
 * @param write to take what is written
 */
public record MailTimeouts(Duration connect, Duration read, Duration write) {

    public MailTimeouts {
        for (Duration timeout : new Duration[] {connect, read, write}) {
            // Less than a millisecond would reach the socket as 0, which means for ever.
            if (timeout.toMillis() < 1) {
                throw new IllegalArgumentException("timeouts must be at least one millisecond: " + timeout);
            }
        }
    }
}
