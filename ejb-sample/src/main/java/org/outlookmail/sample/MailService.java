package org.outlookmail.sample;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.ResourceException;
import java.util.List;
import java.util.Optional;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/**
 * Mail over the connector's own API: {@code mail/office365}. A session is borrowed for one call and given back with
 * try-with-resources; the pooled connection behind it stays logged in for the next.
 *
 * <p>Thread rule: the container gives each call an instance of its own.
 */
@Stateless
public class MailService {

    @Resource(lookup = "mail/office365")
    private OutlookMailSessionFactory mail;

    /**
     * Sends one mail. When this returns, the mail server has taken responsibility for it.
     *
     * @throws MessagingException with a {@link org.outlookmail.Diagnosis}, if the server did not take it
     * @throws ResourceException if no connection could be had
     */
    public Receipt send(MailDraft draft) throws MessagingException, ResourceException {
        try (OutlookMailSession session = mail.getConnection()) {
            MimeMessage message = draft.in(session.mailSession());
            session.send(message);
            return new Receipt(message.getMessageID(), Via.FACTORY.text(), session.mailbox());
        }
    }

    /**
     * Lists the newest mails of a folder, newest first.
     *
     * @param folder the folder's full name
     * @param limit how many at most
     * @throws MessagingException with a {@link org.outlookmail.Diagnosis}, if the folder could not be opened
     * @throws ResourceException if no connection could be had
     */
    public List<MailSummary> list(String folder, int limit) throws MessagingException, ResourceException {
        try (OutlookMailSession session = mail.getConnection();
                Folder open = session.openFolder(folder, Folder.READ_ONLY)) {
            return new FolderReader(open).newest(limit);
        }
    }

    /**
     * Reads one mail and leaves it unread in the mailbox.
     *
     * @param folder the folder's full name
     * @param uid the mail's number in it
     * @return empty if there is no such mail
     * @throws MessagingException with a {@link org.outlookmail.Diagnosis}, if the folder could not be opened
     * @throws ResourceException if no connection could be had
     */
    public Optional<MailText> read(String folder, long uid) throws MessagingException, ResourceException {
        try (OutlookMailSession session = mail.getConnection();
                Folder open = session.openFolder(folder, Folder.READ_ONLY)) {
            return new FolderReader(open).text(uid);
        }
    }
}
