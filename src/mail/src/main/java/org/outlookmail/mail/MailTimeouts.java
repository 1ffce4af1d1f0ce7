package org.outlookmail.mail;

import java.time.Duration;

/**
 * How long a mail server may take; all finite.
 *
 * @param connect to accept a TCP connection
 * @param read to answer
 * @param write to take what is written
 */
public record MailTimeouts(Duration connect, Duration read, Duration write) {

    public MailTimeouts {
        for (Duration timeout : new Duration[] {connect, read, write}) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeouts must be finite and positive");
            }
        }
    }
}
