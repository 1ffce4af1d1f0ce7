package org.outlookmail.mail.quota;

import java.time.Duration;
import java.util.Objects;
import org.outlookmail.mail.MailServer;

/**
 * What a server allows one mailbox, over all nodes. Immutable.
 *
 * @param kind what is counted
 * @param maxAtATime so many of them at a time; 0 for no limit
 * @param maxMessagesPerMinute in any 60 seconds; 0 for no limit
 * @param messagesPerConnection after which a connection is closed; 0 for no limit
 * @param patience how long a caller waits for its turn; zero to be told at once
 * @param maxRequests how many at a time where it is requests that are counted; 0 for no limit
 * @param maxRequestsOfAll the same over all mailboxes of an application
 */
public record QuotaLimits(
        Kind kind,
        int maxAtATime,
        int maxMessagesPerMinute,
        int messagesPerConnection,
        Duration patience,
        int maxRequests,
        int maxRequestsOfAll) {

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
        int least = Math.min(
                Math.min(maxAtATime, maxMessagesPerMinute),
                Math.min(messagesPerConnection, Math.min(maxRequests, maxRequestsOfAll)));
        if (least < 0 || patience.isNegative()) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    /** Of a server that counts connections. */
    public static QuotaLimits ofConnections(
            int maxConnections, int maxMessagesPerMinute, int messagesPerConnection, Duration patience) {
        return new QuotaLimits(
                Kind.CONNECTIONS, maxConnections, maxMessagesPerMinute, messagesPerConnection, patience, 0, 0);
    }

    /** Of a server that counts requests. */
    public static QuotaLimits ofRequests(int maxRequests, int maxMessagesPerMinute, Duration patience) {
        return new QuotaLimits(Kind.REQUESTS, maxRequests, maxMessagesPerMinute, 0, patience, maxRequests, 0);
    }

    /**
     * The same, and what counts at a server that counts requests.
     *
     * @param ofMailbox for one mailbox at a time; 0 for no limit
     * @param ofAll for all mailboxes of the application; 0 for no limit
     */
    public QuotaLimits andRequests(int ofMailbox, int ofAll) {
        return new QuotaLimits(
                kind, maxAtATime, maxMessagesPerMinute, messagesPerConnection, patience, ofMailbox, ofAll);
    }

    /** What counts where mail is sent. */
    QuotaLimits sendingAt(MailServer server) {
        return server.graph() ? requests(maxRequests, maxMessagesPerMinute) : this;
    }

    /** What counts where mail is read: nothing but a pause, or the requests. */
    QuotaLimits readingAt(MailServer server) {
        return requests(server.graph() ? maxRequests : 0, 0);
    }

    /** What counts over all mailboxes. */
    QuotaLimits ofAll() {
        return requests(maxRequestsOfAll, 0);
    }

    private QuotaLimits requests(int atATime, int aMinute) {
        return new QuotaLimits(Kind.REQUESTS, atATime, aMinute, 0, patience, 0, 0);
    }
}
