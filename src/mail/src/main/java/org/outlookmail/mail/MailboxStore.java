package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A store of an application: of the application's session, with its listeners, and not bound to one login. When the server
 * has hung up or the token of the login has run out, the next call logs in anew; folders that were open say that they are
 * closed.
 *
 * <p>Thread rule: as every {@code Store}.
 */
public abstract class MailboxStore extends Store {

    /** Something that is done with the connection of a store. */
    @FunctionalInterface
    public interface Reading<T> {
        T with(MailConnection connection) throws MessagingException;
    }

    /** What {@code Service} knows, without its lock, which must not be waited for while Angus Mail holds one of its own. */
    private volatile boolean connected;

    private volatile boolean hears;

    /** Whether the application was told that the server has hung up, and not yet of another login. */
    private final AtomicBoolean toldOfLoss = new AtomicBoolean();

    private final AtomicBoolean listened = new AtomicBoolean();

    protected MailboxStore(Session session, URLName name) {
        super(session, name);
    }

    /**
     * Does something with the connection of the moment.
     *
     * @throws MessagingException what the work throws, or why there is no connection, diagnosed
     * @throws IllegalStateException if this store is not connected
     */
    protected abstract <T> T reading(Reading<T> work) throws MessagingException;

    /**
     * Logs in over a connection, whose server may have something to say meanwhile.
     *
     * @throws MessagingException diagnosed
     */
    protected final void logIn(MailConnection connection) throws MessagingException {
        hears = true;
        connection.joinedBy(this);
        connection.logInToRead();
    }

    /** Does something with the login of the moment. */
    <T> T call(Function<MailConnection, StoreCall<T>> call) throws MessagingException {
        return reading(connection -> {
            connection.joinedBy(this);
            return connection.read(call.apply(connection));
        });
    }

    /** Whether it is read by POP3, whose messages have no UIDs. */
    protected abstract boolean pop3();

    /** The address of the mailbox; not null. */
    public abstract String mailbox();

    /** The mailbox it is, and at which server, as far as that is known: folders of equal ones are in one mailbox. */
    protected abstract Object place();

    boolean sameMailbox(MailboxStore other) {
        return other == this || place().equals(other.place());
    }

    /** The application's session, which is that of its messages too. */
    public Session session() {
        return session;
    }

    /**
     * Moves messages to another folder of their mailbox (RFC 6851).
     *
     * @param messages all of one folder, which is open with {@code READ_WRITE}; not null
     * @param target not null
     * @throws MessagingException diagnosed
     * @throws IllegalArgumentException if they are of several folders
     */
    public static void move(Message[] messages, Folder target) throws MessagingException {
        if (messages.length == 0) {
            return;
        }
        Folder source = messages[0].getFolder();
        for (Message message : messages) {
            if (message.getFolder() != source) {
                throw new IllegalArgumentException("messages of several folders cannot be moved at once");
            }
        }
        if (!(source instanceof MailboxFolder ours)) {
            throw new MethodNotSupportedException("only messages that this adapter has read can be moved");
        }
        ours.moveMessages(messages, target);
    }

    /**
     * Whether the next call goes on without another login. After half a minute of rest the server is asked, as it is before
     * any use. Also if not, the next call, or {@code connect}, logs in.
     */
    @Override
    public synchronized boolean isConnected() {
        return connected && standing();
    }

    /** Whether the login that this store had is there. */
    protected abstract boolean standing();

    @Override
    protected synchronized void setConnected(boolean now) {
        connected = now;
        hears = now;
        toldOfLoss.set(false);
        super.setConnected(now);
    }

    /** Ends it for the application; who was told already that it is closed is not told again. */
    @Override
    public synchronized void close() throws MessagingException {
        if (toldOfLoss.get()) {
            setConnected(false);
        } else {
            super.close();
        }
    }

    /** Begins with an event that nobody hears; {@link MailboxFolder#addConnectionListener} tells why. */
    @Override
    public void addConnectionListener(ConnectionListener listener) {
        if (listened.compareAndSet(false, true)) {
            ConnectionListener nobody = new ConnectionAdapter() {};
            super.addConnectionListener(nobody);
            notifyConnectionListeners(ConnectionEvent.OPENED);
            removeConnectionListener(nobody);
        }
        super.addConnectionListener(listener);
    }

    /** The server has hung up. */
    void lost() {
        if (connected && toldOfLoss.compareAndSet(false, true)) {
            notifyConnectionListeners(ConnectionEvent.CLOSED);
        }
    }

    /** There is a login. */
    void found() {
        if (connected && toldOfLoss.compareAndSet(true, false)) {
            notifyConnectionListeners(ConnectionEvent.OPENED);
        }
    }

    /** The server has said something that concerns the user (RFC 3501, section 7.1, ALERT). */
    void said(int type, String message) {
        if (hears) {
            notifyStoreListeners(type, message);
        }
    }

    private void requireConnected() {
        if (!connected) {
            throw new IllegalStateException("not connected");
        }
    }

    MailboxFolder folder(String name) {
        return pop3() ? new MailboxFolder(this, name) : new MailboxUidFolder(this, name);
    }

    MailboxFolder folder(Beneath found) {
        MailboxFolder folder = folder(found.folder().getFullName());
        folder.calls().foundAt(found);
        return folder;
    }

    @Override
    public Folder getDefaultFolder() throws MessagingException {
        requireConnected();
        return folder("");
    }

    @Override
    public Folder getFolder(String name) throws MessagingException {
        requireConnected();
        return folder(name);
    }

    @Override
    public Folder getFolder(URLName url) throws MessagingException {
        requireConnected();
        return folder(url.getFile());
    }

    @Override
    public Folder[] getPersonalNamespaces() throws MessagingException {
        return namespaces(Store::getPersonalNamespaces);
    }

    @Override
    public Folder[] getUserNamespaces(String user) throws MessagingException {
        return namespaces(store -> store.getUserNamespaces(user));
    }

    @Override
    public Folder[] getSharedNamespaces() throws MessagingException {
        return namespaces(Store::getSharedNamespaces);
    }

    @FunctionalInterface
    private interface Namespaces {
        Folder[] of(Store store) throws MessagingException;
    }

    private Folder[] namespaces(Namespaces kind) throws MessagingException {
        return call(connection -> new StoreCall<Folder[]>() {
            @Override
            public Folder[] on(WireStore wire) throws MessagingException {
                Folder[] folders = kind.of(wire.store());
                for (int index = 0; index < folders.length; index++) {
                    folders[index] = folder(new Beneath(connection, wire, folders[index]));
                }
                return folders;
            }

            @Override
            public boolean repeatable() {
                return true;
            }

            @Override
            public MessagingException diagnosed(long startedNanos, Exception failure) {
                return connection.failures().of(MailboxStore.this, "read", startedNanos, failure);
            }
        });
    }
}
