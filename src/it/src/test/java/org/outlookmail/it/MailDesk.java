package org.outlookmail.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.MessageIDTerm;
import java.util.Optional;
import org.outlookmail.Mailbox;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** One bean for all requests, with every kind of {@link Mailbox} injection. */
@ApplicationScoped
public class MailDesk {

    @Inject
    @Mailbox("mail/oneConnection")
    private OutlookMailSession session;

    @Inject
    @Mailbox("mail/office365")
    private OutlookMailSessionFactory factory;

    @Inject
    @Mailbox("mail/office365Session")
    private Session mailSession;

    @Inject
    @Mailbox("mail/office365")
    private Session mailSessionOfTheFactory;

    @Inject
    @Mailbox("mail/oneConnection")
    private Instance<OutlookMailSession> instance;

    @Inject
    @Mailbox("mail/thatNobodyConfigured")
    private OutlookMailSession unbound;

    @Inject
    @Mailbox("mail/office365Session")
    private OutlookMailSession ofAnotherType;

    @Inject
    @Mailbox("mail/thatNobodyConfigured")
    private Optional<OutlookMailSessionFactory> absent;

    @Inject
    @Mailbox("mail/office365")
    private Optional<OutlookMailSessionFactory> present;

    public OutlookMailSession session() {
        return session;
    }

    public OutlookMailSessionFactory factory() {
        return factory;
    }

    public Session mailSession() {
        return mailSession;
    }

    public Session mailSessionOfTheFactory() {
        return mailSessionOfTheFactory;
    }

    public Instance<OutlookMailSession> instance() {
        return instance;
    }

    public OutlookMailSession unbound() {
        return unbound;
    }

    public OutlookMailSession ofAnotherType() {
        return ofAnotherType;
    }

    public Optional<OutlookMailSessionFactory> absent() {
        return absent;
    }

    public Optional<OutlookMailSessionFactory> present() {
        return present;
    }

    public String send(String subject) throws MessagingException {
        return send(session, subject);
    }

    /** Without closing the session: the end of the request does. */
    static String send(OutlookMailSession session, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session.mailSession());
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(session.mailbox()));
        message.setSubject(subject);
        message.setText("Hello");
        session.send(message);
        return message.getMessageID();
    }

    static String subjectOf(OutlookMailSession session, String messageId) throws MessagingException {
        try (Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY)) {
            Message[] found = inbox.search(new MessageIDTerm(messageId));
            return found.length == 1 ? found[0].getSubject() : found.length + " messages";
        }
    }
}
