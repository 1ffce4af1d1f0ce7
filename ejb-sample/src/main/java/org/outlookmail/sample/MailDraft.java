package org.outlookmail.sample;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * A mail to send, already checked.
 *
 * @param from the author, or null for the mailbox itself
 * @param to the recipients; at least one
 * @param subject one line; not null
 * @param text plain text; not null
 * @param via by which way; not null
 */
public record MailDraft(InternetAddress from, List<InternetAddress> to, String subject, String text, Via via) {

    public MailDraft {
        to = List.copyOf(to);
    }

    /**
     * Writes the message that any Jakarta Mail session can send. Its Message-ID comes with {@code saveChanges()}, which
     * every way of sending calls: ask for it afterwards.
     *
     * @param session whose {@code mail.from} is the author if the draft names none; not null
     */
    MimeMessage in(Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        if (from == null) {
            message.setFrom();
        } else {
            message.setFrom(from);
        }
        message.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setText(text, StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(Instant.now()));
        return message;
    }
}
