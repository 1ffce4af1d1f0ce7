package org.outlookmail.connector.session;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import org.outlookmail.mail.MailboxStore;

/**
 * The {@code Store} of a {@link PooledSession}: connecting borrows a pooled connection, closing gives it back and closes
 * the folders that are still open. When the connection has failed meanwhile, or the server has taken it back, the next call
 * borrows another.
 *
 * <p>Thread rule: as every {@code Store}; its folders must not be used after it is closed.
 */
public final class PooledStore extends MailboxStore {

    private final BorrowedHandle handle;

    /** Called by Jakarta Mail. */
    public PooledStore(Session session, URLName name) {
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
        handle.close(); // Of a login that the server has ended.
        handle.borrow(fresh -> fresh.reading(connection -> {
            logIn(connection);
            return null;
        }));
        return true;
    }

    @Override
    protected <T> T reading(Reading<T> work) throws MessagingException {
        return handle.toRead().reading(work);
    }

    @Override
    protected boolean pop3() {
        return PooledSession.pop3(session);
    }

    @Override
    public String mailbox() {
        return PooledSession.storeUrl(session).getUsername();
    }

    @Override
    protected Object place() {
        return PooledSession.place(session);
    }

    @Override
    protected boolean standing() {
        return handle.standing();
    }

    /** Of the mailbox and its server; {@code Service} would tell the operating system's user. */
    @Override
    public URLName getURLName() {
        return PooledSession.storeUrl(session);
    }

    /** Gives the connection back; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        if (handle.close()) {
            super.close();
        }
    }
}
