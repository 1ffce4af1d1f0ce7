package org.outlookmail.mail.plain;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import org.outlookmail.mail.MailConnection;

/**
 * A store with a connection of its own, from {@code connect} to {@code close}. A password given to {@code connect} is
 * ignored; the token decides. When the server has hung up, or the token of the login has run out, the next call logs in
 * anew; folders that were open are not, afterwards.
 *
 * <p>Thread rule: as every {@code Store}; its folders must not be used after it is closed.
 */
abstract class PlainStore extends Store {

    private final Protocol protocol;

    /** Not the field of {@code Service}, into which it fills the operating system's user. */
    private final URLName asked;

    private MailConnection connection;

    PlainStore(Session session, URLName name, Protocol protocol) {
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
        connection = SharedTokens.connected(configuration, MailConnection::store);
        setURLName(configuration.url(protocol));
        setConnected(true);
        notifyConnectionListeners(ConnectionEvent.OPENED);
    }

    private synchronized Store store() throws MessagingException {
        if (connection == null) {
            throw new IllegalStateException("not connected");
        }
        return connection.store();
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

    @Override
    public Folder[] getPersonalNamespaces() throws MessagingException {
        return store().getPersonalNamespaces();
    }

    @Override
    public Folder[] getUserNamespaces(String user) throws MessagingException {
        return store().getUserNamespaces(user);
    }

    @Override
    public Folder[] getSharedNamespaces() throws MessagingException {
        return store().getSharedNamespaces();
    }

    /** Logs out, which closes its folders; a second call does nothing and tells no listener. */
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
