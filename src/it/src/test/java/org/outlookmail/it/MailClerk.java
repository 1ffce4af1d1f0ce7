package org.outlookmail.it;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import org.outlookmail.Mailbox;
import org.outlookmail.OutlookMailSession;

/** A pooled EJB, each of whose methods is a transaction of its own. */
@Stateless
public class MailClerk {

    @Inject
    @Mailbox("mail/oneConnection")
    private OutlookMailSession session;

    public String send(String subject) throws MessagingException {
        return MailDesk.send(session, subject);
    }

    public String subjectOf(String messageId) throws MessagingException {
        return MailDesk.subjectOf(session, messageId);
    }
}
