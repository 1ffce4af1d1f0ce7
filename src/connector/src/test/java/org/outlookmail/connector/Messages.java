package org.outlookmail.connector;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.outlookmail.testkit.TestBox;

/** What the tests send. */
final class Messages {

    private Messages() {}

    /** A short text to {@link TestBox#ORDERS}. */
    static MimeMessage message(Session session, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(TestBox.ORDERS));
        message.setSubject(subject);
        message.setText("Hello");
        return message;
    }
}
