package org.outlookmail.connector.session;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import org.outlookmail.connector.handle.BorrowedSession;
import org.outlookmail.mail.ReportingTransport;

/**
 * The {@code Transport} of a {@link PooledSession}: connecting borrows a pooled connection, closing gives it back. User
 * and password given to {@code connect} are ignored; the token decides (Jakarta Mail hands over the operating system's
 * user when there is none).
 *
 * <p>Thread rule: as every {@code Transport}, one thread at a time.
 */
public final class PooledTransport extends ReportingTransport {

    private final BorrowedHandle handle;

    /** Called by Jakarta Mail. */
    public PooledTransport(Session session, URLName name) {
        super(session, name);
        handle = new BorrowedHandle(session);
    }

    /**
     * Connects as {@code Service} does, but for what that does with host, user and password, which are not asked for here: it
     * looks up the address of the server, of which behind a proxy nobody knows, to find a password of that address.
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        if (isConnected()) {
            throw new IllegalStateException("already connected");
        }
        protocolConnect(host, port, user, password);
        setConnected(true);
        notifyConnectionListeners(ConnectionEvent.OPENED);
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        handle.borrow(BorrowedSession::connectTransport);
        return true;
    }

    @Override
    public synchronized boolean isConnected() {
        return super.isConnected() && handle.usable();
    }

    @Override
    protected void transmit(Message message, Address[] recipients) throws MessagingException {
        handle.get().send(message, recipients);
    }

    /** Of the mailbox and its server; {@code Service} would tell the operating system's user. */
    @Override
    public URLName getURLName() {
        return PooledSession.transportUrl(session);
    }

    /** Gives the connection back; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        if (handle.close()) {
            super.close();
        }
    }
}
