package org.outlookmail.connector.handle;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.outlookmail.mail.MailboxStore;

/**
 * The store of the folders that an {@code OutlookMailSession} opens. It is connected as long as that is open; closing it
 * closes that.
 *
 * <p>Thread rule: as every {@code Store}.
 */
final class SessionStore extends MailboxStore {

    private final BorrowedSession handle;
    private final URLName place;

    SessionStore(BorrowedSession handle, Session session, URLName place) {
        super(session, place);
        this.place = place;
        this.handle = handle;
        setURLName(place);
        setConnected(true);
    }

    @Override
    protected <T> T reading(Reading<T> work) throws MessagingException {
        return handle.reading(work);
    }

    @Override
    protected boolean pop3() {
        return place.getProtocol().startsWith("pop3");
    }

    @Override
    public String mailbox() {
        return handle.mailbox();
    }

    @Override
    protected Object place() {
        return ConnectionSource.place(place);
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
