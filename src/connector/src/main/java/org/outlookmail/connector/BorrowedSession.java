package org.outlookmail.connector;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.ConnectionMetaData;
import jakarta.resource.cci.Interaction;
import jakarta.resource.cci.LocalTransaction;
import jakarta.resource.cci.ResultSetInfo;
import java.lang.ref.Reference;
import org.outlookmail.OutlookMailSession;

/**
 * What an application holds, in front of the {@link MailSessionHandle} that the server knows. Neither the server nor this
 * adapter refers to it, so that its collection shows that the application has forgotten it ({@link ForgottenHandles}).
 *
 * <p>Each call keeps it reachable to its end: in {@code factory.getConnection().send(message)} nothing else does, and a
 * connection must not be given to somebody else in the middle of a message.
 *
 * <p>Thread rule: as the handle's. The application closes it.
 */
final class BorrowedSession implements OutlookMailSession {

    /** A call that talks to a mail server. */
    @FunctionalInterface
    private interface MailCall<T> {
        T on(MailSessionHandle handle) throws MessagingException;
    }

    /** A call of the Common Client Interface. */
    @FunctionalInterface
    private interface ResourceCall<T> {
        T on(MailSessionHandle handle) throws ResourceException;
    }

    private final MailSessionHandle handle;
    private final OpenHandles open;

    BorrowedSession(MailSessionHandle handle, OpenHandles open) {
        this.handle = handle;
        this.open = open;
    }

    /** What the server knows. */
    MailSessionHandle handle() {
        return handle;
    }

    private <T> T mail(MailCall<T> call) throws MessagingException {
        handle.working(true);
        try {
            return call.on(handle);
        } finally {
            handle.working(false);
            Reference.reachabilityFence(this);
        }
    }

    private <T> T resource(ResourceCall<T> call) throws ResourceException {
        try {
            return call.on(handle);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Session mailSession() throws MessagingException {
        return mail(MailSessionHandle::mailSession);
    }

    @Override
    public String mailbox() {
        return handle.mailbox();
    }

    @Override
    public void send(Message message) throws MessagingException {
        mail(connection -> {
            connection.send(message);
            return null;
        });
    }

    void send(Message message, Address[] recipients) throws MessagingException {
        mail(connection -> {
            connection.send(message, recipients);
            return null;
        });
    }

    /** Whoever holds the folder, or a message of it, holds this session with it. */
    @Override
    public Folder openFolder(String name, int mode) throws MessagingException {
        return mail(connection -> {
            Folder folder = connection.openFolder(name, mode);
            open.holds(folder, this);
            return folder;
        });
    }

    Store store() throws MessagingException {
        return mail(MailSessionHandle::store);
    }

    /** Logs in to send, if that has not happened yet. */
    void connectTransport() throws MessagingException {
        mail(connection -> {
            connection.connectTransport();
            return null;
        });
    }

    /** Whether the server took the connection back though nothing had failed and the application had not closed it. */
    boolean takenBack() {
        return handle.takenBack();
    }

    /** Whether the next use may succeed, on this connection or on another. */
    boolean usable() {
        return handle.usable();
    }

    @Override
    public ConnectionMetaData getMetaData() throws ResourceException {
        return resource(MailSessionHandle::getMetaData);
    }

    @Override
    public Interaction createInteraction() throws ResourceException {
        return handle.createInteraction();
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        return resource(connection -> connection.transactionOf(this));
    }

    @Override
    public ResultSetInfo getResultSetInfo() throws ResourceException {
        return handle.getResultSetInfo();
    }

    @Override
    public void close() {
        handle.close();
    }
}
