package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.util.List;
import org.outlookmail.token.TokenSource;

/**
 * The physical connection to one mailbox: a login to send and a login to read, each made at its first use. What a pool
 * keeps.
 *
 * <p>Thread rule: one thread at a time. Whoever created it closes it, exactly once.
 */
public final class MailConnection implements AutoCloseable {

    private final MailAccount account;
    private final TokenLogin<SmtpConnection> transport;
    private final TokenLogin<ImapConnection> store;

    /**
     * Prepares a connection; nothing goes over the network.
     *
     * @param account which mailbox; not null
     * @param tokens where its token comes from; not null
     * @param writeTimeouts ends hanging writes; not null
     * @param clock what time it is; not null
     */
    public MailConnection(MailAccount account, TokenSource tokens, WriteTimeouts writeTimeouts, Clock clock) {
        this.account = account;
        transport = new TokenLogin<>(account, account.transport(), tokens, writeTimeouts, clock, SmtpConnection::new);
        store = new TokenLogin<>(account, account.store(), tokens, writeTimeouts, clock, ImapConnection::new);
    }

    /** The mailbox this connection belongs to; never null. */
    public String mailbox() {
        return account.mailbox();
    }

    /**
     * Sends one message to the recipients given (RFC 5321). A missing From becomes the mailbox.
     *
     * @param message as it shall be sent; its changes are saved
     * @param recipients at least one
     * @throws MessagingException diagnosed. Only code OUTCOME_UNKNOWN leaves open whether the server took the message;
     *     with every other it did not
     */
    public void send(Message message, Address[] recipients) throws MessagingException {
        if (recipients == null || recipients.length == 0) {
            throw FailureClassifier.noRecipients(account, message);
        }
        if (message.getFrom() == null || message.getFrom().length == 0) {
            message.setFrom(new InternetAddress(account.mailbox()));
            message.saveChanges();
        }
        long started = System.nanoTime();
        SmtpConnection smtp = transport.client();
        boolean intact = false;
        try {
            smtp.sendMessage(message, recipients);
            intact = true;
        } catch (MessagingException failure) {
            SendFailure diagnosed = new SendFailure(account, transport.token(), message, started, failure);
            intact = !smtp.outcomeUnknown() && diagnosed.connectionIntact();
            throw diagnosed.exception(smtp.outcomeUnknown());
        } finally {
            if (!intact) {
                // Broken, or stopped in the middle of the data by a fault of the message: its state is not known.
                transport.drop();
            }
        }
    }

    /**
     * Opens a folder (RFC 3501, SELECT or EXAMINE).
     *
     * @param name the full name
     * @param mode {@link Folder#READ_ONLY} or {@link Folder#READ_WRITE}
     * @throws MessagingException diagnosed
     */
    public Folder openFolder(String name, int mode) throws MessagingException {
        long started = System.nanoTime();
        Folder folder = store.client().getFolder(name);
        try {
            folder.open(mode);
            return folder;
        } catch (MessagingException failure) {
            store.drop();
            throw FailureClassifier.openingFolder(account, store.token(), name, started, failure);
        }
    }

    /**
     * The store, logged in, for code that knows Jakarta Mail alone. It belongs to this connection: do not close it.
     *
     * @throws MessagingException diagnosed
     */
    public Store store() throws MessagingException {
        return store.client();
    }

    /**
     * What the mail server says of itself; logs in if need be, so that a test of the connection really is one.
     *
     * @return the SMTP greeting, without its code
     * @throws MessagingException diagnosed
     */
    public String greeting() throws MessagingException {
        return transport.client().greeting().replaceFirst("^220[ -]", "");
    }

    /**
     * Makes the connection ready for its next borrower: closes the folders that the last one left open.
     *
     * @return their names
     */
    public List<String> release() {
        ImapConnection imap = store.present();
        if (imap == null) {
            return List.of();
        }
        try {
            return imap.closeFolders();
        } catch (MessagingException broken) {
            store.drop();
            return List.of();
        }
    }

    /** Logs out on both sides. */
    @Override
    public void close() {
        transport.drop();
        store.drop();
    }
}
