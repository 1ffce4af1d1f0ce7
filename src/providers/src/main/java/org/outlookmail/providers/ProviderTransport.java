package org.outlookmail.providers;

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
abstract class ProviderTransport extends ReportingTransport {

    private final ProviderLogin login;

    ProviderTransport(Session session, URLName name, Protocol protocol) {
        super(session, name);
        login = new ProviderLogin(session, name, protocol);
        setURLName(protocol.unconnected(name));
    }

    /**
     * Every other {@code connect} comes here. {@code Service} would take the operating system's user for the mailbox's, and
     * try a refused login a second time.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        setURLName(login.connect(host, port, user, MailConnection::introduction));
        setConnected(true);
        notifyConnectionListeners(ConnectionEvent.OPENED);
    }

    @Override
    protected void transmit(Message message, Address[] recipients) throws MessagingException {
        login.connection().send(message, recipients);
    }

    /** Logs out; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        if (login.close()) {
            super.close();
        }
    }
}
