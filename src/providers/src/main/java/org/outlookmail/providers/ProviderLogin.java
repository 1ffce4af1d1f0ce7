package org.outlookmail.providers;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.outlookmail.mail.MailConnection;

/**
 * The connection of a {@link ProviderStore} or {@link ProviderTransport}, from {@code connect} to {@code close}.
 *
 * <p>Thread rule: free for any thread; one connects at a time.
 */
final class ProviderLogin {

    private final Session session;
    private final Protocol protocol;

    /** Not the field of {@code Service}, into which it fills the operating system's user. */
    private final URLName asked;

    private volatile MailConnection connection;

    ProviderLogin(Session session, URLName asked, Protocol protocol) {
        this.session = session;
        this.asked = asked;
        this.protocol = protocol;
    }

    /**
     * Reads the configuration, connects and logs in.
     *
     * @param firstUse logs in
     * @return where it is connected to, and as whom
     * @throws MessagingException diagnosed
     * @throws IllegalStateException if it is connected
     */
    URLName connect(String host, int port, String user, SharedTokens.FirstUse firstUse) throws MessagingException {
        if (connection != null) {
            throw new IllegalStateException("already connected");
        }
        SessionConfiguration configuration = SessionReader.read(session, protocol, Target.of(host, port, user, asked));
        connection = SharedTokens.connected(configuration, firstUse);
        return configuration.url(protocol);
    }

    /**
     * The connection to work with.
     *
     * @throws IllegalStateException if there is none
     */
    MailConnection connection() {
        MailConnection present = connection;
        if (present == null) {
            throw new IllegalStateException("not connected");
        }
        return present;
    }

    /** Which mailbox at which server; of one that is not connected, no other's. */
    Object place() {
        MailConnection present = connection;
        return present == null ? this : present.place();
    }

    /** Logs out; whether it was connected. */
    boolean close() {
        MailConnection old = connection;
        connection = null;
        if (old != null) {
            old.close();
        }
        return old != null;
    }
}
