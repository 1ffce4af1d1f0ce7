package org.outlookmail.mail.pace;

import java.time.Duration;
import java.util.Objects;

/**
 * What a server allows one mailbox, over all nodes. Immutable.
 *
 * @param maxConnections open at a time; 0 for no limit
 * @param maxMessagesPerMinute in any 60 seconds; 0 for no limit
 * @param messagesPerConnection after which a connection is closed; 0 for no limit
 * @param patience how long a caller waits for its turn; zero to be told at once
 */
public record PaceLimits(int maxConnections, int maxMessagesPerMinute, int messagesPerConnection, Duration patience) {

    public PaceLimits {
        Objects.requireNonNull(patience, "patience");
        if (maxConnections < 0 || maxMessagesPerMinute < 0 || messagesPerConnection < 0 || patience.isNegative()) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    /** Of a server where only a pause is kept: connections and messages are not counted. */
    PaceLimits pauseOnly() {
        return new PaceLimits(0, 0, 0, patience);
    }
}
