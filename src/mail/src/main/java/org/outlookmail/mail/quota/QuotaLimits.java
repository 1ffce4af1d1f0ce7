package org.outlookmail.mail.quota;

import java.time.Duration;
import java.util.Objects;

/**
 * What a server allows one mailbox, over all nodes. Immutable.
 *
 * @param kind what is counted
 * @param maxAtATime so many of them at a time; 0 for no limit
 * @param maxMessagesPerMinute in any 60 seconds; 0 for no limit
 * @param messagesPerConnection after which a connection is closed; 0 for no limit
 * @param patience how long a caller waits for its turn; zero to be told at once
 */
public record QuotaLimits(
        Kind kind, int maxAtATime, int maxMessagesPerMinute, int messagesPerConnection, Duration patience) {

    /** What a server counts at a time. */
    public enum Kind {
        /** Open ones, as SMTP, IMAP and POP3 servers do. */
        CONNECTIONS("connections"),
        /** Those under way, as an HTTP API does. */
        REQUESTS("requests");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** For people. */
        String word() {
            return word;
        }
    }

    public QuotaLimits {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(patience, "patience");
        if (maxAtATime < 0 || maxMessagesPerMinute < 0 || messagesPerConnection < 0 || patience.isNegative()) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    /** Of a server that counts connections. */
    public static QuotaLimits ofConnections(
            int maxConnections, int maxMessagesPerMinute, int messagesPerConnection, Duration patience) {
        return new QuotaLimits(Kind.CONNECTIONS, maxConnections, maxMessagesPerMinute, messagesPerConnection, patience);
    }

    /** Of a server that counts requests. */
    public static QuotaLimits ofRequests(int maxRequests, int maxMessagesPerMinute, Duration patience) {
        return new QuotaLimits(Kind.REQUESTS, maxRequests, maxMessagesPerMinute, 0, patience);
    }

    /** Of a server where only a pause is kept: nothing is counted. */
    QuotaLimits pauseOnly() {
        return new QuotaLimits(kind, 0, 0, 0, patience);
    }
}
