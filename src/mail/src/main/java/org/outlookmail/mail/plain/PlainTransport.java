package org.outlookmail.mail.plain;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.ReportingTransport;

/**
 * A transport with a connection of its own, from {@code connect} to {@code close}. A password given to {@code connect} is
 * ignored; the token decides.
 *
 * <p>Thread rule: as every {@code Transport}, one thread at a time.
 */
abstract class PlainTransport extends ReportingTransport {

    private final Protocol protocol;

    /** Not the field of {@code Service}, into which it fills the operating system's user. */
    private final URLName asked;

    private MailConnection connection;

    PlainTransport(Session session, URLName name, Protocol protocol) {
        super(session, name);
        this.protocol = protocol;
        asked = name;
    }

    /**
     * Every other {@code connect} comes here. {@code Service} would take the operating system's user for the mailbox's, and
     * try a refused login a second time.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        if (isConnected()) {
            throw new IllegalStateException("already connected");
        }
        PlainConfiguration configuration = SessionReader.read(session, protocol, Target.of(host, port, user, asked));
        connection = SharedTokens.connected(configuration, MailConnection::greeting);
        setURLName(configuration.url(protocol));
        setConnected(true);
        notifyConnectionListeners(ConnectionEvent.OPENED);
    }

    @Override
    protected void transmit(Message message, Address[] recipients) throws MessagingException {
        MailConnection present = connection;
        if (present == null) {
            throw new IllegalStateException("not connected");
        }
        present.send(message, recipients);
    }

    /** Logs out; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        MailConnection old = connection;
        connection = null;
        if (old != null) {
            old.close();
            super.close();
        }
    }
}
