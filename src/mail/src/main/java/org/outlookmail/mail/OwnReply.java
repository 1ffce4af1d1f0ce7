package org.outlookmail.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;

/**
 * A reply to a message of a mailbox, which knows that mailbox also where the application's session does not: its sender by
 * default, and not one of its recipients, or it would come back.
 *
 * <p>Thread rule: as every {@code Message}.
 */
public final class OwnReply extends MimeMessage {

    private final String mailbox;

    public OwnReply(Session session, String mailbox) {
        super(session);
        this.mailbox = mailbox;
    }

    /** The session's own address comes first, as in every message. */
    @Override
    public void setFrom() throws MessagingException {
        if (session.getProperty("mail.from") == null) {
            setFrom(new InternetAddress(mailbox));
        } else {
            super.setFrom();
        }
    }

    /** Not among those who are answered as well; to whom the original asks the reply to go, it goes. */
    public static Message withoutSelf(MailboxStore store, Message original, Message reply) throws MessagingException {
        Address[] asked = original.getReplyTo();
        List<Address> answered = asked == null ? List.of() : Arrays.asList(asked);
        for (Message.RecipientType type : List.of(Message.RecipientType.TO, Message.RecipientType.CC)) {
            Address[] recipients = reply.getRecipients(type);
            if (recipients != null) {
                Address[] others = Arrays.stream(recipients)
                        .filter(recipient -> answered.contains(recipient) || !isMailbox(recipient, store.mailbox()))
                        .toArray(Address[]::new);
                if (others.length < recipients.length) {
                    reply.setRecipients(type, others);
                }
            }
        }
        return reply;
    }

    /** Also by its address with a plus, such as {@code orders+invoice@contoso.com}, which Microsoft 365 delivers to it. */
    private static boolean isMailbox(Address address, String mailbox) {
        if (!(address instanceof InternetAddress internet) || internet.getAddress() == null) {
            return false;
        }
        String other = internet.getAddress();
        int at = mailbox.lastIndexOf('@');
        int plus = other.indexOf('+', Math.max(at, 0));
        String plain = plus == at && at > 0 && other.lastIndexOf('@') > plus
                ? other.substring(0, plus) + other.substring(other.lastIndexOf('@'))
                : other;
        return mailbox.equalsIgnoreCase(plain);
    }
}
