package org.outlookmail.mail.plain;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import org.outlookmail.mail.DelegatingStore;
import org.outlookmail.mail.MailConnection;

/**
 * A store with a connection of its own, from {@code connect} to {@code close}. A password given to {@code connect} is
 * ignored; the token decides. When the server has hung up, or the token of the login has run out, the next call logs in
 * anew; folders that were open are not, afterwards.
 *
 * <p>Thread rule: as every {@code Store}; its folders must not be used after it is closed.
 */
abstract class PlainStore extends DelegatingStore {

    private final PlainLogin login;

    PlainStore(Session session, URLName name, Protocol protocol) {
        super(session, name);
        login = new PlainLogin(session, name, protocol);
    }

    /**
     * Every other {@code connect} comes here. {@code Service} would take the operating system's user for the mailbox's, and
     * try a refused login a second time.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        setURLName(login.connect(host, port, user, MailConnection::store));
        setConnected(true);
        notifyConnectionListeners(ConnectionEvent.OPENED);
    }

    @Override
    protected Store store() throws MessagingException {
        return login.connection().store();
    }

    /** Logs out, which closes its folders; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        if (login.close()) {
            super.close();
        }
    }
}
