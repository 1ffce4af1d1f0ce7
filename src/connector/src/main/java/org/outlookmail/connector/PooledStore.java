package org.outlookmail.connector;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import org.outlookmail.mail.DelegatingStore;

/**
 * The {@code Store} of a {@link PooledSession}: connecting borrows a pooled connection, closing gives it back and closes
 * the folders that are still open.
 *
 * <p>Thread rule: as every {@code Store}; its folders are those of the pooled connection and must not be used after it is
 * closed.
 */
public final class PooledStore extends DelegatingStore {

    private final BorrowedHandle handle;

    /** Called by Jakarta Mail. */
    public PooledStore(Session session, URLName name) {
        super(session, name);
        handle = new BorrowedHandle(session);
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        handle.borrow(BorrowedSession::store);
        return true;
    }

    @Override
    public synchronized boolean isConnected() {
        return super.isConnected() && handle.usable();
    }

    @Override
    protected Store store() throws MessagingException {
        return handle.get().store();
    }

    /** Gives the connection back; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        if (handle.close()) {
            super.close();
        }
    }
}
