package org.outlookmail.it;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.MessageIDTerm;
import jakarta.resource.ResourceException;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** An EJB as an application would write it, with the connector's API. */
@Stateless
public class FactoryBean {

    @Resource(lookup = "mail/office365")
    private OutlookMailSessionFactory injected;

    public OutlookMailSessionFactory injected() {
        return injected;
    }

    public String send(String subject) throws MessagingException, ResourceException {
        return send(injected, subject);
    }

    public String subjectOf(String messageId) throws MessagingException, ResourceException {
        return subjectOf(injected, messageId);
    }

    static String send(OutlookMailSessionFactory factory, String subject) throws MessagingException, ResourceException {
        try (OutlookMailSession session = factory.getConnection()) {
            MimeMessage message = new MimeMessage(session.mailSession());
            message.setRecipient(Message.RecipientType.TO, new InternetAddress("noreply@contoso.com"));
            message.setSubject(subject);
            message.setText("Hello");
            session.send(message);
            return message.getMessageID();
        }
    }

    static String subjectOf(OutlookMailSessionFactory factory, String messageId)
            throws MessagingException, ResourceException {
        try (OutlookMailSession session = factory.getConnection();
                Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY)) {
            Message[] found = inbox.search(new MessageIDTerm(messageId));
            return found.length == 1 ? found[0].getSubject() : found.length + " messages";
        }
    }
}
