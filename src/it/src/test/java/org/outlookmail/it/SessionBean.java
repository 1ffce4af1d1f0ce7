package org.outlookmail.it;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.MessageIDTerm;

/** An EJB that knows Jakarta Mail alone. */
@Stateless
public class SessionBean {

    @Resource(lookup = "mail/office365Session")
    private Session injected;

    public String send(String subject) throws MessagingException {
        return send(injected, subject);
    }

    public String subjectOf(String messageId) throws MessagingException {
        return subjectOf(injected, messageId);
    }

    static String send(Session session, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom();
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("noreply@contoso.com"));
        message.setSubject(subject);
        message.setText("Hello");
        Transport.send(message);
        return message.getMessageID();
    }

    static String subjectOf(Session session, String messageId) throws MessagingException {
        try (Store store = session.getStore()) {
            store.connect();
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            Message[] found = inbox.search(new MessageIDTerm(messageId));
            return found.length == 1 ? found[0].getSubject() : found.length + " messages";
        }
    }
}
