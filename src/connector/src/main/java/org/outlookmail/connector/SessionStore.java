package org.outlookmail.connector;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.outlookmail.mail.MailboxStore;

/**
 * The store of the folders that an {@code OutlookMailSession} opens. It is connected as long as that is open; closing it
 * closes that.
 *
 * <p>Thread rule: as every {@code Store}.
 */
final class SessionStore extends MailboxStore {

    private final BorrowedSession handle;

    SessionStore(BorrowedSession handle, Session session) {
        super(session, PooledSession.storeUrl(session));
        this.handle = handle;
        setURLName(PooledSession.storeUrl(session));
        setConnected(true);
    }

    @Override
    protected <T> T reading(Reading<T> work) throws MessagingException {
        return handle.reading(work);
    }

    @Override
    protected boolean pop3() {
        return PooledSession.pop3(session);
    }

    @Override
    protected String mailbox() {
        return handle.mailbox();
    }

    @Override
    protected Object place() {
        return PooledSession.place(session);
    }

    @Override
    protected boolean standing() {
        return handle.standing();
    }

    @Override
    public synchronized void connect(String host, int port, String user, String password) {
        throw new IllegalStateException("already connected");
    }

    @Override
    public synchronized void close() throws MessagingException {
        handle.close();
        super.close();
    }
}
