package org.outlookmail.connector.handle;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.Interaction;
import jakarta.resource.cci.LocalTransaction;
import jakarta.resource.cci.ResultSetInfo;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.mail.MailboxStore;

/**
 * An application's hold on a pooled connection, as the server knows it; the application itself has a {@link BorrowedSession}.
 * Closed exactly once; after that, every use fails with code
 * HANDLE_CLOSED, and after the server has taken the connection back with SESSION_TAKEN_BACK.
 *
 * <p>Some servers (TomEE) give not it but an object of a class that they derive from this one, whose public methods lead to
 * it; so the class can be extended, and {@link #self} finds it.
 *
 * <p>Thread rule: one thread at a time; close from any.
 */
public class MailSessionHandle implements OutlookMailSession {

    private final String mailbox;
    private final long sinceNanos = System.nanoTime();
    private volatile ConnectionSource source;
    private volatile MailboxRequest request;
    private volatile String place = "an unknown place";
    private volatile boolean working;
    private volatile long usedNanos = sinceNanos;

    // Guarded by this, as the server may move or invalidate a handle while the application closes it.
    private Pooled connection;
    private boolean closedByApplication;
    private DiagnosisCode failure;

    public MailSessionHandle(Pooled connection) {
        this.connection = connection;
        this.mailbox = connection.mailbox();
    }

    /** This handle itself, also if it is asked by way of a server's stand-in for it. */
    public MailSessionHandle self() {
        return this;
    }

    /**
     * Remembers where it was borrowed, for {@link #mailSession}, and who did, for those who look for a forgotten one.
     *
     * @param allocated what the server gave for it
     */
    BorrowedSession of(ConnectionSource borrowedFrom, MailboxRequest wanted, String openedAt, Object allocated) {
        source = borrowedFrom;
        request = wanted;
        place = openedAt;
        return borrowedFrom.pool().handles().lent(this, allocated);
    }

    /** Where its mailbox is read. */
    URLName storeUrl() {
        return source.storeUrl(request);
    }

    /** The line of the application that opened it. */
    String place() {
        return place;
    }

    long ageMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
    }

    /** A call of the application begins or ends. */
    void working(boolean now) {
        working = now;
        usedNanos = System.nanoTime();
    }

    boolean unusedFor(long nanos) {
        return !working && System.nanoTime() - usedNanos >= nanos;
    }

    /** Whether its connection is part of a transaction that has not ended. */
    boolean inTransaction() {
        Pooled current = connection();
        return current != null && current.inTransaction();
    }

    boolean isOf(Pool pool) {
        ConnectionSource from = source;
        return from != null && from.pool().equals(pool);
    }

    /** Whether the server took the connection back though nothing had failed and the application had not closed it. */
    synchronized boolean takenBack() {
        return connection == null && !closedByApplication && failure == null;
    }

    /** Whether the next use may succeed, on this connection or on another. */
    synchronized boolean usable() {
        return connection != null || takenBack();
    }

    @Override
    public Session mailSession() throws MessagingException {
        open();
        return source.mailSession(request, mailbox);
    }

    @Override
    public String mailbox() {
        return mailbox;
    }

    @Override
    public void send(Message message) throws MessagingException {
        open().send(message);
    }

    void send(Message message, Address[] recipients) throws MessagingException {
        open().send(message, recipients);
    }

    @Override
    public Folder openFolder(String name, int mode) throws MessagingException {
        return reading(connection -> connection.openFolder(name, mode));
    }

    @Override
    public void move(Message[] messages, Folder target) throws MessagingException {
        open();
        MailboxStore.move(messages, target);
    }

    <T> T reading(MailboxStore.Reading<T> work) throws MessagingException {
        return open().reading(work);
    }

    /** Whether the login to read that it had is there, or was never there. */
    boolean standing() {
        Pooled current = connection();
        return current == null ? takenBack() : current.standing();
    }

    /** Logs in to send, if that has not happened yet. */
    void connectTransport() throws MessagingException {
        open().introduction();
    }

    private Pooled open() throws DiagnosedMessagingException {
        Pooled current = connection();
        if (current == null) {
            throw new DiagnosedMessagingException(closed(), null);
        }
        return current;
    }

    private synchronized Pooled connection() {
        return connection;
    }

    private synchronized Diagnosis closed() {
        Map<String, String> details = Map.of("mailbox", mailbox);
        if (takenBack()) {
            return Diagnosis.of(
                    DiagnosisCode.SESSION_TAKEN_BACK,
                    "The server has taken back the connection of this session of " + mailbox + ".",
                    details);
        }
        if (failure == null) {
            return Diagnosis.of(DiagnosisCode.HANDLE_CLOSED, "This session of " + mailbox + " is closed.", details);
        }
        return new Diagnosis(
                DiagnosisCode.HANDLE_CLOSED,
                "This session of " + mailbox + " is closed, because its connection failed (" + failure.code() + ").",
                "The application went on with the session after that failure.",
                "Close it and borrow a new one.",
                details);
    }

    @Override
    public void close() {
        Pooled was;
        synchronized (this) {
            closedByApplication = true;
            was = connection;
            connection = null;
        }
        forgetAmongOpen();
        if (was != null) {
            was.closed(this);
        }
    }

    private void forgetAmongOpen() {
        ConnectionSource from = source;
        if (from != null) {
            from.pool().handles().closed(this);
        }
    }

    /** The server took the connection back before the application gave it. */
    public void leaked() {
        ConnectionSource from = source;
        if (from != null) {
            from.pool().handles().leaked(this);
        }
    }

    /**
     * The server took the connection back; without effect if this handle has moved to another one meanwhile.
     *
     * @param why the failure that made it useless, or null if there was none
     */
    public synchronized void invalidate(Pooled taken, DiagnosisCode why) {
        if (connection == taken) {
            connection = null;
            failure = why;
        }
    }

    /**
     * The server moves this handle to another connection of the same kind.
     *
     * @throws ResourceException if the application has closed it; the handle is then in nobody's hand
     */
    public void associate(Pooled other) throws ResourceException {
        Pooled was;
        synchronized (this) {
            if (closedByApplication) {
                throw new DiagnosedResourceException(closed(), null);
            }
            was = connection;
            connection = other;
            failure = null;
        }
        if (was != null && was != other) {
            was.forget(this);
        }
    }

    @Override
    public jakarta.resource.cci.ConnectionMetaData getMetaData() throws ResourceException {
        return new MailMetaData(present());
    }

    @Override
    public Interaction createInteraction() throws ResourceException {
        throw new NotSupportedException("mail has no interactions: use send and openFolder");
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        return transactionOf(this);
    }

    /**
     * A transaction that the application begins and ends itself.
     *
     * @param held what is not forgotten as long as the application has the transaction
     */
    LocalTransaction transactionOf(OutlookMailSession held) throws ResourceException {
        if (!present().transactional()) {
            throw new NotSupportedException(
                    "a message is sent at once, unless the factory of " + mailbox + " has transaction=\"local\"");
        }
        return new HandleTransaction(this, held);
    }

    /**
     * The transaction of the connection that this has at the moment.
     *
     * @throws ResourceException if it has none
     */
    LocalTransaction demarcated() throws ResourceException {
        return present().demarcated(this);
    }

    private Pooled present() throws DiagnosedResourceException {
        Pooled current = connection();
        if (current == null) {
            throw new DiagnosedResourceException(closed(), null);
        }
        return current;
    }

    @Override
    public ResultSetInfo getResultSetInfo() throws ResourceException {
        throw new NotSupportedException("mail has no result sets");
    }

    @Override
    public String toString() {
        return "MailSessionHandle[mailbox=" + mailbox + ", openedAt=" + place + "]";
    }
}
