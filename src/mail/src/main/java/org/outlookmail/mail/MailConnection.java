package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.mail.message.MessagePreparation;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SenderCheck;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.EventLog;
import org.outlookmail.token.TokenSource;

/**
 * The physical connection to one mailbox: a login to send and a login to read, each made at its first use. What a pool
 * keeps.
 *
 * <p>Thread rule: one thread at a time. Whoever created it closes it, exactly once and from any thread; after that it cannot
 * be used.
 */
public final class MailConnection implements AutoCloseable {

    /** How long a message that is on its way holds up the end of its connection. */
    public static final Duration LAST_MESSAGE = Duration.ofSeconds(10);

    private final MailAccount account;
    private final MessagePreparation preparation;
    private final Quota sendingQuota;
    private final Sender sender;
    private final Reader reader;
    private final MailboxStore own;

    /**
     * Prepares a connection without limits; nothing goes over the network.
     *
     * @param account which mailbox; not null
     * @param wires make the ways to its servers; not null
     * @param tokens where its token comes from; not null
     * @param clock what time it is; not null
     */
    public MailConnection(MailAccount account, Wires wires, TokenSource tokens, Clock clock) {
        this(account, wires, tokens, clock, Quota.NONE, Quota.NONE, EventLog.STANDARD);
    }

    /**
     * Prepares a connection; nothing goes over the network.
     *
     * @param account which mailbox; not null
     * @param wires make the ways to its servers; not null
     * @param tokens where its token comes from; not null
     * @param clock what time it is; not null
     * @param sendingQuota what the mailbox may do where it sends; not null
     * @param readingQuota the same where it reads; not null
     * @param listener is told what happens; not null
     */
    public MailConnection(
            MailAccount account,
            Wires wires,
            TokenSource tokens,
            Clock clock,
            Quota sendingQuota,
            Quota readingQuota,
            ConnectorListener listener) {
        this.account = account;
        this.preparation = new MessagePreparation(
                account.mailbox(),
                account.mailProperties(),
                account.out().server().protocol());
        this.sendingQuota = sendingQuota;
        this.sender = new Sender(account, wires.out(), tokens, clock, sendingQuota, listener);
        this.reader = new Reader(account, wires.in(), tokens, clock, readingQuota, listener);
        this.own = new ConnectionStore(this, account);
    }

    /** The mailbox this connection belongs to; never null. */
    public String mailbox() {
        return account.mailbox();
    }

    /**
     * Sends one message to all its recipients (RFC 5321). {@code saveChanges()} is called first, a missing From becomes
     * the mailbox.
     *
     * @param message with at least one recipient; not null
     * @throws MessagingException as {@link #send(Message, Address[])}
     */
    public void send(Message message) throws MessagingException {
        send(completed(message), SenderCheck.ANYBODY, sendingQuota.patience());
    }

    /**
     * Sends one message to the recipients given, whatever its headers say. A missing From becomes the mailbox.
     *
     * @param message as it shall be sent, its changes saved; not null
     * @param recipients at least one
     * @throws MessagingException diagnosed. Only code OUTCOME_UNKNOWN leaves open whether the server took the message;
     *     with every other it did not
     */
    public void send(Message message, Address[] recipients) throws MessagingException {
        send(completed(message, recipients), SenderCheck.ANYBODY, sendingQuota.patience());
    }

    /**
     * Makes a message ready as {@link #send(Message)} does, and sends nothing.
     *
     * @throws DiagnosedSendException no recipient, an address that cannot be told to a server, or a header that cannot be read
     */
    public OutgoingMessage completed(Message message) throws DiagnosedSendException {
        return preparation.complete(message);
    }

    /**
     * Makes a message ready as {@link #send(Message, Address[])} does, and sends nothing.
     *
     * @throws DiagnosedSendException as {@link #completed(Message)}
     */
    public OutgoingMessage completed(Message message, Address[] recipients) throws DiagnosedSendException {
        return preparation.complete(message, recipients);
    }

    /**
     * Logs in if need be, and takes a copy of a message as it is now, to be sent later.
     *
     * @param check in whose name it may leave; asked of the copy
     * @param patience how long to wait for its turn altogether; not negative
     * @throws MessagingException diagnosed, also if the server cannot be told the message's addresses
     */
    public OutgoingMessage frozen(OutgoingMessage message, SenderCheck check, Duration patience)
            throws MessagingException {
        sender.prove(message, patience);
        return preparation.frozen(message, check);
    }

    /**
     * Sends a message that has been made ready.
     *
     * @param check in whose name it may leave; asked of the header when it does
     * @param patience how long to wait for its turn altogether; not negative
     * @throws MessagingException as {@link #send(Message, Address[])}
     */
    public void send(OutgoingMessage message, SenderCheck check, Duration patience) throws MessagingException {
        sender.send(message, check, patience);
    }

    /**
     * Opens a folder (RFC 3501, SELECT or EXAMINE); of POP3 there is only INBOX.
     *
     * @param name the full name; not null
     * @param mode {@link Folder#READ_ONLY} or {@link Folder#READ_WRITE}
     * @throws MessagingException diagnosed. Folders that are open already stay so, unless the connection broke
     *     or its token ran out
     */
    public Folder openFolder(String name, int mode) throws MessagingException {
        Folder folder = own.getFolder(name);
        folder.open(mode);
        return folder;
    }

    /**
     * Does something with a login that reads; once more over another one, if it may be repeated and the connection has
     * ended.
     *
     * @throws MessagingException diagnosed
     */
    <T> T read(StoreCall<T> work) throws MessagingException {
        return reader.read(work);
    }

    /** A folder's own connection has failed: the login beneath may have ended with it. */
    void doubtStore(Exception failure) {
        reader.doubt(failure);
    }

    FolderFailures failures() {
        return reader.failures();
    }

    /** Tells that store from now on what happens to the login, until the connection is released. */
    void joinedBy(MailboxStore store) {
        reader.joinedBy(store);
    }

    MailAccount account() {
        return account;
    }

    /** Which mailbox at which server it reads. */
    public Object place() {
        return reader.place();
    }

    /** Whether the next use of {@link #store} needs no other login than the last one; asks the server as that would. */
    public boolean standing() {
        return reader.standing();
    }

    /** Ends the login that reads; the next use logs in anew. */
    void endReading() {
        reader.end();
    }

    /**
     * The store, logged in, for those who have no session of their own.
     *
     * @throws MessagingException diagnosed
     */
    public Store store() throws MessagingException {
        reader.logIn();
        return own;
    }

    void logInToRead() throws MessagingException {
        reader.logIn();
    }

    /**
     * How the server that takes the mail introduces itself; logs in if need be, so that a test of the connection really is
     * one.
     *
     * @return its own words
     * @throws MessagingException diagnosed
     */
    public String introduction() throws MessagingException {
        return sender.introduction();
    }

    /**
     * Asks the servers that this connection is logged in to whether they are still there. What is not logged in is good: it
     * logs in when it is needed.
     *
     * @return whether the next use goes on without another login
     */
    public boolean valid() {
        return sender.alive() && reader.alive();
    }

    /**
     * Makes the connection ready for its next borrower: closes the folders that the last one left open.
     *
     * @return their names
     */
    public List<String> release() {
        return reader.release();
    }

    /**
     * Logs out on both sides. A message that is on its way at that moment arrives first, unless it takes longer than ten
     * seconds; what comes after it, or waits for its turn, fails with code SESSION_TAKEN_BACK.
     */
    @Override
    public void close() {
        close(Deadline.in(LAST_MESSAGE));
    }

    /** From now on nobody logs in any more; whoever is about to learns it. {@link #close} must follow. */
    public void ending() {
        sender.ending();
        reader.ending();
    }

    /**
     * Closes it as {@link #close()} does, and in time.
     *
     * @param deadline until when a message that is on its way may arrive, and the servers say goodbye; not null
     */
    public void close(Deadline deadline) {
        ending();
        sender.close(deadline);
        reader.close(deadline);
    }
}
