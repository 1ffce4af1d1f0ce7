package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.MessagingException;
import java.io.IOException;

/**
 * The one way from a {@link MailboxFolder} and its messages to Angus Mail's folder beneath. An open folder is that of the
 * login in which it was opened; a closed one is looked up in the login of the moment. Whatever fails is diagnosed.
 *
 * <p>Thread rule: as every {@code Folder}.
 */
public final class FolderCalls {

    /** A call of Angus Mail's folder. */
    @FunctionalInterface
    interface Call<T> {
        T of(Folder folder) throws MessagingException;
    }

    /** A call of Angus Mail's message, or of a part of it. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws MessagingException;
    }

    /** The same, of content. */
    @FunctionalInterface
    public interface ContentReading<T> {
        T read() throws MessagingException, IOException;
    }

    private final MailboxFolder folder;
    private final MailboxStore store;
    private volatile Beneath beneath;

    /** Whether the application has opened it and not closed it; what the server does in between changes nothing of that. */
    private volatile boolean held;

    FolderCalls(MailboxFolder folder, MailboxStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** It was found there. */
    void foundAt(Beneath found) {
        if (found.folder() instanceof WireFolder wire) {
            wire.beneath(folder);
        }
        beneath = found;
    }

    /** Null until it was looked up. */
    Beneath beneath() {
        return beneath;
    }

    boolean held() {
        return held;
    }

    /** Asks what may be asked twice: if the connection has ended, over another one. */
    <T> T ask(String doing, Call<T> call) throws MessagingException {
        return any(doing, true, call);
    }

    /** Does what must not be done twice. */
    <T> T once(String doing, Call<T> call) throws MessagingException {
        return any(doing, false, call);
    }

    private <T> T any(String doing, boolean repeatable, Call<T> call) throws MessagingException {
        Beneath now = beneath;
        return held && now.opened()
                ? open(doing, call)
                : store.call(connection -> new StoreCall<T>() {
                    @Override
                    public T on(WireStore wire) throws MessagingException {
                        return call.of(at(connection, wire));
                    }

                    @Override
                    public boolean repeatable() {
                        return repeatable;
                    }

                    @Override
                    public MessagingException diagnosed(long startedNanos, Exception failure) {
                        return connection.failures().of(folder, doing, startedNanos, failure);
                    }
                });
    }

    /** Asks the folder as it was opened. */
    <T> T open(String doing, Call<T> call) throws MessagingException {
        Beneath now = beneath;
        if (now == null) {
            throw new IllegalStateException("the folder " + folder.getFullName() + " is not open");
        }
        return told(now, doing, () -> call.of(now.folder()));
    }

    /** Asks a message of this folder, which may be of an earlier opening. */
    public <T> T read(WireFolder wire, Reading<T> call) throws MessagingException {
        Beneath now = beneath;
        return told(new Beneath(now.connection(), now.store(), (Folder) wire), "read", call);
    }

    private <T> T told(Beneath at, String doing, Reading<T> call) throws MessagingException {
        long started = System.nanoTime();
        try {
            return call.read();
        } catch (MessagingException failure) {
            at.connection().doubtStore(failure);
            throw at.connection().failures().of(folder, doing, started, failure);
        } catch (RuntimeException closed) {
            throw explained(at, doing, started, closed);
        }
    }

    public <T> T content(WireFolder wire, ContentReading<T> call) throws MessagingException, IOException {
        long started = System.nanoTime();
        IOException[] unreadable = new IOException[1];
        T content = read(wire, () -> {
            try {
                return call.read();
            } catch (IOException failure) {
                unreadable[0] = failure;
                return null;
            }
        });
        if (unreadable[0] != null) {
            throw unreadable(started, unreadable[0]);
        }
        return content;
    }

    IOException unreadable(long startedNanos, IOException failure) {
        Beneath now = beneath;
        now.connection().doubtStore(failure);
        return now.connection().failures().reading(folder, startedNanos, failure);
    }

    /**
     * It is no mistake of the application that it takes the folder for open, if somebody else closed it. Angus Mail answers
     * with an IllegalStateException, or falls over what is no longer there.
     */
    private FolderClosedException explained(Beneath at, String doing, long startedNanos, RuntimeException closed) {
        if (!held || at.opened()) {
            throw closed;
        }
        return at.takenBack()
                ? at.connection().failures().takenBack(folder, closed)
                : at.connection().failures().lost(folder, doing, startedNanos, closed);
    }

    void open(int mode) throws MessagingException {
        if (held && beneath.opened()) {
            throw new IllegalStateException("the folder " + folder.getFullName() + " is open");
        }
        store.call(connection -> new StoreCall<Void>() {
            @Override
            public Void on(WireStore wire) throws MessagingException {
                at(connection, wire).open(mode);
                return null;
            }

            @Override
            public boolean opensFolder() {
                return true;
            }

            @Override
            public boolean repeatable() {
                return true;
            }

            @Override
            public MessagingException diagnosed(long startedNanos, Exception failure) {
                return connection.failures().of(folder, "opened", startedNanos, failure);
            }
        });
        held = true;
    }

    /**
     * Closes it.
     *
     * @param marked whether messages are marked as deleted, which it would expunge
     */
    void close(boolean expunge, boolean marked) throws MessagingException {
        if (!held) {
            throw new IllegalStateException("the folder " + folder.getFullName() + " is not open");
        }
        Beneath now = beneath;
        if (now.opened()) {
            try {
                open("closed", inner -> {
                    inner.close(expunge);
                    return null;
                });
            } finally {
                held = now.opened();
            }
        } else if (now.takenBack()) {
            throw now.connection().failures().takenBack(folder, null);
        } else {
            held = false;
            if (expunge && marked) {
                throw now.connection().failures().notExpunged(folder, null);
            }
        }
    }

    /** The folder in a login; another one than before if the login is. */
    Folder at(MailConnection connection, WireStore wire) throws MessagingException {
        Beneath now = beneath;
        if (now == null || now.store() != wire) {
            foundAt(new Beneath(connection, wire, folder.lookedUp(wire)));
        }
        return beneath.folder();
    }
}
