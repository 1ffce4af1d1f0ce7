package org.outlookmail.connector.handle;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.resource.cci.LocalTransaction;
import org.outlookmail.mail.MailboxStore;

/**
 * A connection of the pool, as a handle sees it.
 *
 * <p>Thread rule: the server gives it to one thread at a time.
 */
public interface Pooled {

    /** The address of the mailbox; not null. */
    String mailbox();

    /**
     * Sends a message to its recipients, or keeps it for the end of the transaction.
     *
     * @throws MessagingException diagnosed
     */
    void send(Message message) throws MessagingException;

    /**
     * Sends a message to some addresses, or keeps it for the end of the transaction.
     *
     * @throws MessagingException diagnosed
     */
    void send(Message message, Address[] recipients) throws MessagingException;

    /**
     * Does something with the connection that reads.
     *
     * @throws MessagingException what the work throws, diagnosed
     */
    <T> T reading(MailboxStore.Reading<T> work) throws MessagingException;

    /** Whether the login to read that it had is there. */
    boolean standing();

    /**
     * Logs in to send, if that has not happened yet.
     *
     * @return what the server says of itself
     * @throws MessagingException diagnosed
     */
    String introduction() throws MessagingException;

    /** Whether messages wait for the end of a transaction if there is one. */
    boolean transactional();

    /** Whether it is part of a transaction that has not ended. */
    boolean inTransaction();

    /**
     * A transaction that the application begins and ends itself.
     *
     * @param handle whose
     */
    LocalTransaction demarcated(MailSessionHandle handle);

    /** A handle was closed by the application; the server is told. */
    void closed(MailSessionHandle handle);

    /** A handle has moved to another connection. */
    void forget(MailSessionHandle handle);
}
