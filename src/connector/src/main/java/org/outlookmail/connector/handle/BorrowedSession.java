package org.outlookmail.connector.handle;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.ConnectionMetaData;
import jakarta.resource.cci.Interaction;
import jakarta.resource.cci.LocalTransaction;
import jakarta.resource.cci.ResultSetInfo;
import java.lang.ref.Reference;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.mail.MailboxStore;

/**
 * What an application holds, in front of the {@link MailSessionHandle} that the server knows. Neither the server nor this
 * adapter refers to it, so that its collection shows that the application has forgotten it ({@link ForgottenHandles}).
 *
 * <p>Each call keeps it reachable to its end: in {@code factory.getConnection().send(message)} nothing else does, and a
 * connection must not be given to somebody else in the middle of a message.
 *
 * <p>Thread rule: as the handle's. The application closes it.
 */
public final class BorrowedSession implements OutlookMailSession {

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
    /** What the server gave for the handle: one that watches its stand-in (TomEE) would take its collection for ours. */
    private final Object allocated;

    private SessionStore store;

    BorrowedSession(MailSessionHandle handle, Object allocated) {
        this.handle = handle;
        this.allocated = allocated;
    }

    /** What the server knows. */
    public MailSessionHandle handle() {
        return handle;
    }

    private <T> T mail(MailCall<T> call) throws MessagingException {
        handle.working(true);
        try {
            return call.on(handle);
        } finally {
            handle.working(false);
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(allocated);
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

    public void send(Message message, Address[] recipients) throws MessagingException {
        mail(connection -> {
            connection.send(message, recipients);
            return null;
        });
    }

    /** Whoever holds the folder, or a message of it, holds this session with it: its store refers to it. */
    @Override
    public Folder openFolder(String name, int mode) throws MessagingException {
        Folder folder = store().getFolder(name);
        folder.open(mode);
        return folder;
    }

    @Override
    public void move(Message[] messages, Folder target) throws MessagingException {
        mail(connection -> {
            connection.move(messages, target);
            return null;
        });
    }

    /** The store of its folders. */
    private synchronized SessionStore store() throws MessagingException {
        Session own = mailSession();
        if (store == null) {
            store = new SessionStore(this, own, handle.storeUrl());
        }
        return store;
    }

    public <T> T reading(MailboxStore.Reading<T> work) throws MessagingException {
        return mail(connection -> connection.reading(work));
    }

    /** Whether the login to read that it had is there, or was never there. */
    public boolean standing() {
        return handle.standing();
    }

    /** Logs in to send, if that has not happened yet. */
    public void connectTransport() throws MessagingException {
        mail(connection -> {
            connection.connectTransport();
            return null;
        });
    }

    /** Whether the server took the connection back though nothing had failed and the application had not closed it. */
    public boolean takenBack() {
        return handle.takenBack();
    }

    /** Whether the next use may succeed, on this connection or on another. */
    public boolean usable() {
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
