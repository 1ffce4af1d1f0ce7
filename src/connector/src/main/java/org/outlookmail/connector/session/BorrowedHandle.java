package org.outlookmail.connector.session;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.outlookmail.connector.handle.BorrowedSession;

/**
 * The handle beneath a {@link PooledTransport} or {@link PooledStore}. Code that knows Jakarta Mail alone may keep one of
 * those longer than the server leaves the connection to it, for example over the end of a transaction; the next use then
 * borrows another connection.
 *
 * <p>Thread rule: one thread at a time; close from any.
 */
final class BorrowedHandle {

    private final Session session;
    private BorrowedSession handle;

    BorrowedHandle(Session session) {
        this.session = session;
    }

    /** What is done with a fresh handle before it counts. */
    @FunctionalInterface
    interface FirstUse {
        void with(BorrowedSession handle) throws MessagingException;
    }

    /** Borrows; nothing is borrowed if the first use fails. */
    void borrow(FirstUse first) throws MessagingException {
        BorrowedSession fresh = PooledSession.borrow(session);
        try {
            first.with(fresh);
        } catch (MessagingException | RuntimeException failure) {
            fresh.close();
            throw failure;
        }
        synchronized (this) {
            handle = fresh;
        }
    }

    /**
     * The handle to work with.
     *
     * @throws IllegalStateException if nothing is borrowed
     */
    BorrowedSession get() throws MessagingException {
        BorrowedSession present = present();
        if (present == null) {
            throw new IllegalStateException("not connected");
        }
        return present.takenBack() ? another(present) : present;
    }

    /**
     * The same for who reads, whose connection may have failed: what is read once more does no harm.
     *
     * @throws IllegalStateException if nothing is borrowed
     */
    BorrowedSession toRead() throws MessagingException {
        BorrowedSession present = get();
        return present.usable() ? present : another(present);
    }

    /**
     * Another one in place of that. Whoever has closed this meanwhile would close no other one.
     *
     * @throws IllegalStateException if that has happened
     */
    private BorrowedSession another(BorrowedSession spent) throws MessagingException {
        BorrowedSession fresh = PooledSession.borrow(session);
        synchronized (this) {
            if (handle == spent) {
                handle = fresh;
                return fresh;
            }
        }
        fresh.close();
        return get();
    }

    private synchronized BorrowedSession present() {
        return handle;
    }

    /** Whether its next use may succeed. */
    boolean usable() {
        BorrowedSession present = present();
        return present != null && present.usable();
    }

    /** Whether the login to read that it had is there. */
    boolean standing() {
        BorrowedSession present = present();
        return present != null && present.standing();
    }

    /** Gives the connection back; whether there was one to give. */
    boolean close() {
        BorrowedSession was;
        synchronized (this) {
            was = handle;
            handle = null;
        }
        if (was != null) {
            was.close();
        }
        return was != null;
    }
}
