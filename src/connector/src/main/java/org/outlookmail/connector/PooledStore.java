package org.outlookmail.connector;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;

/**
 * The {@code Store} of a {@link PooledSession}: connecting borrows a pooled connection, closing gives it back and closes
 * the folders that are still open.
 *
 * <p>Thread rule: as every {@code Store}; its folders are those of the pooled connection and must not be used after it is
 * closed.
 */
public final class PooledStore extends Store {

    private final BorrowedHandle handle;

    /** Called by Jakarta Mail. */
    public PooledStore(Session session, URLName name) {
        super(session, name);
        handle = new BorrowedHandle(session);
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        handle.borrow(MailSessionHandle::store);
        return true;
    }

    @Override
    public synchronized boolean isConnected() {
        return super.isConnected() && handle.usable();
    }

    private Store store() throws MessagingException {
        return handle.get().store();
    }

    @Override
    public Folder getDefaultFolder() throws MessagingException {
        return store().getDefaultFolder();
    }

    @Override
    public Folder getFolder(String name) throws MessagingException {
        return store().getFolder(name);
    }

    @Override
    public Folder getFolder(URLName url) throws MessagingException {
        return store().getFolder(url);
    }

    /** Gives the connection back; a second call does nothing and tells no listener. */
    @Override
    public synchronized void close() throws MessagingException {
        if (handle.close()) {
            super.close();
        }
    }
}
