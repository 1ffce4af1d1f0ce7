package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import jakarta.mail.Store;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.util.List;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.outlookmail.token.TokenSource;

/**
 * The physical connection to one mailbox: a login to send and a login to read, each made at its first use. What a pool
 * keeps.
 *
 * <p>Thread rule: one thread at a time. Whoever created it closes it, exactly once; after that it cannot be used.
 */
public final class MailConnection implements AutoCloseable {

    private final MailAccount account;
    private final ServerLogin<SmtpConnection> transport;
    private final ServerLogin<StoreClient> store;

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
        transport = new ServerLogin<>(
                account,
                account.transport(),
                proof(account.transport(), tokens),
                writeTimeouts,
                clock,
                SmtpConnection::new);
        store = new ServerLogin<>(
                account,
                account.store(),
                proof(account.store(), tokens),
                writeTimeouts,
                clock,
                StoreClient.factory(account.store()));
    }

    private Proof proof(MailServer server, TokenSource tokens) {
        return account.authentication() instanceof Authentication.Token token
                ? new TokenProof(account.mailbox(), server, token.request(), tokens)
                : new PasswordProof((Authentication.Password) account.authentication());
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
        Address[] recipients;
        try {
            complete(message);
            message.saveChanges();
            recipients = message.getAllRecipients();
        } catch (MessagingException | RuntimeException unusable) {
            throw FailureClassifier.unusable(account, message, unusable);
        }
        transmit(message, recipients);
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
        try {
            if (complete(message)) {
                message.saveChanges();
            }
        } catch (MessagingException | RuntimeException unusable) {
            throw FailureClassifier.unusable(account, message, unusable);
        }
        transmit(message, recipients);
    }

    private boolean complete(Message message) throws MessagingException {
        Address[] from = message.getFrom();
        boolean missing = from == null || from.length == 0;
        if (missing) {
            message.setFrom(new InternetAddress(account.mailbox()));
        }
        return missing;
    }

    private void transmit(Message message, Address[] recipients) throws MessagingException {
        if (recipients == null || recipients.length == 0) {
            throw FailureClassifier.noRecipients(account, message);
        }
        long started = System.nanoTime();
        SmtpConnection smtp = transport.client();
        boolean intact = false;
        try {
            smtp.sendMessage(message, recipients);
            intact = true;
        } catch (MessagingException | RuntimeException failure) {
            SendFailure diagnosed = new SendFailure(account, transport.proof(), message, started, smtp, failure);
            intact = diagnosed.connectionIntact();
            throw diagnosed.exception();
        } finally {
            if (!intact) {
                // Broken, or stopped in the middle of the data by a fault of the message: its state is not known.
                transport.drop();
            }
        }
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
        long started = System.nanoTime();
        StoreClient client = store.client();
        try {
            Folder folder = client.getFolder(name);
            folder.open(mode);
            return folder;
        } catch (MessagingException failure) {
            if (!refused(failure)) {
                store.drop();
            }
            throw FailureClassifier.openingFolder(account, store.proof(), name, started, failure);
        }
    }

    /** Whether the server said NO to this folder and nothing more (RFC 3501, section 7.1.2). */
    private static boolean refused(MessagingException failure) {
        return failure instanceof FolderNotFoundException
                || failure instanceof ReadOnlyFolderException
                || failure.getCause() instanceof CommandFailedException;
    }

    /**
     * The store, logged in, for code that knows Jakarta Mail alone. It belongs to this connection: do not close it.
     *
     * @throws MessagingException diagnosed
     */
    public Store store() throws MessagingException {
        return store.client().store();
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
        StoreClient present = store.present();
        if (present == null) {
            return List.of();
        }
        try {
            return present.closeFolders();
        } catch (MessagingException | RuntimeException broken) {
            store.drop();
            return List.of();
        }
    }

    /** Logs out on both sides. */
    @Override
    public void close() {
        transport.close();
        store.close();
    }
}
