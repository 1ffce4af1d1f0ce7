package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Makes messages of one mailbox ready to be sent; what is wrong with one is found here, without any server.
 *
 * <p>Thread rule: free for any thread; a message belongs to one.
 */
final class MessagePreparation {

    private final MailAccount account;

    MessagePreparation(MailAccount account) {
        this.account = account;
    }

    /**
     * A missing From becomes the mailbox, and the changes are saved.
     *
     * @return to whom it goes; perhaps null
     */
    Address[] complete(Message message) throws MessagingException {
        try {
            addSender(message);
            message.saveChanges();
            return message.getAllRecipients();
        } catch (MessagingException | RuntimeException unusable) {
            throw FailureClassifier.unusable(account, message, unusable);
        }
    }

    /** A missing From becomes the mailbox; nothing else is changed. */
    void completeSender(Message message) throws MessagingException {
        try {
            if (addSender(message)) {
                message.saveChanges();
            }
        } catch (MessagingException | RuntimeException unusable) {
            throw FailureClassifier.unusable(account, message, unusable);
        }
    }

    private boolean addSender(Message message) throws MessagingException {
        Address[] from = message.getFrom();
        boolean missing = from == null || from.length == 0;
        if (missing) {
            message.setFrom(new InternetAddress(account.mailbox()));
        }
        return missing;
    }

    void requireRecipients(Message message, Address[] recipients) throws MessagingException {
        if (recipients == null || recipients.length == 0) {
            throw FailureClassifier.noRecipients(account, message);
        }
    }

    /** The message as it is now, its addresses and content checked. */
    PreparedMessage snapshot(Message message, Address[] recipients) throws MessagingException {
        requireRecipients(message, recipients);
        try {
            for (Address recipient : recipients) {
                if (recipient instanceof InternetAddress address) {
                    address.validate();
                }
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            message.writeTo(content);
            return new PreparedMessage(
                    content.toByteArray(), FailureClassifier.header(message, "Message-ID"), recipients.clone());
        } catch (MessagingException | IOException | RuntimeException unusable) {
            throw FailureClassifier.unusable(account, message, unusable);
        }
    }
}
