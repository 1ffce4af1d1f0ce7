package org.outlookmail;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.resource.cci.Connection;

/**
 * A handle on a pooled connection to one mailbox. Nothing is sent over the network before the first {@link #send} or
 * {@link #openFolder}; the login then stays with the pooled connection for those who borrow it next.
 *
 * <p>Thread rule: one thread at a time. The application closes it, best with try-with-resources; after that every
 * method but {@link #close} throws with code {@link DiagnosisCode#HANDLE_CLOSED}.
 */
public interface OutlookMailSession extends Connection, AutoCloseable {

    /**
     * A Jakarta Mail session to build messages with: {@code new MimeMessage(session.mailSession())}. Its
     * {@code Transport} and {@code Store} borrow from the same pool. It is made once for an application and mailbox, so
     * asking for it costs nothing, and what the application changes in it stays changed.
     *
     * @return never null
     * @throws MessagingException if this handle is closed
     */
    Session mailSession() throws MessagingException;

    /**
     * The address whose rights this session uses.
     *
     * @return an address, never null
     */
    String mailbox();

    /**
     * Sends one message to all its recipients over the pooled connection (RFC 5321). {@code saveChanges()} is called
     * first, a missing {@code From} becomes {@link #mailbox()}. When the method returns, the server has taken
     * responsibility for the message; with {@code transaction="local"} and inside a transaction the message has been
     * checked and waits for the commit.
     *
     * <p>With {@code senderPolicy="sender"} the message goes with the rights of its own {@code From}, over a connection of
     * that mailbox.
     *
     * @param message the message, not null, with at least one recipient
     * @throws MessagingException a subtype that carries a {@link Diagnosis}. With any code but
     *     {@link DiagnosisCode#OUTCOME_UNKNOWN} the message was not accepted for any recipient
     */
    void send(Message message) throws MessagingException;

    /**
     * Opens a folder of the mailbox (RFC 3501 SELECT or EXAMINE).
     *
     * @param name the folder's full name, {@code INBOX} for the inbox; not null
     * @param mode {@link Folder#READ_ONLY} or {@link Folder#READ_WRITE}
     * @return the open folder; the caller closes it. What is still open when the connection goes back to the pool is
     *     closed then, without expunging; that is when this session closes, or when the transaction that shares it ends
     * @throws MessagingException a subtype that carries a {@link Diagnosis}
     */
    Folder openFolder(String name, int mode) throws MessagingException;

    /**
     * Moves messages to another folder of their mailbox (RFC 6851, MOVE). A server without MOVE copies them, marks the
     * originals as deleted and expunges these alone (RFC 4315, UID EXPUNGE); one without that too leaves them marked until
     * the folder is expunged.
     *
     * @param messages of one folder, which is open with {@link Folder#READ_WRITE}; not null. Afterwards they count as
     *     expunged
     * @param target where to; it need not be open; not null
     * @throws MessagingException a subtype that carries a {@link Diagnosis}, also for POP3, which has one folder. If the
     *     connection ended meanwhile, they are in one of the folders or in both, never in none
     * @throws IllegalArgumentException if they are of several folders
     */
    void move(Message[] messages, Folder target) throws MessagingException;

    /** Gives the connection back to the pool. A second call does nothing. */
    @Override
    void close();
}
