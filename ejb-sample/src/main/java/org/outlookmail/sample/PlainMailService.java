package org.outlookmail.sample;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Optional;

/**
 * The same with Jakarta Mail alone, as an application or a BPM engine would have it that has never heard of the connector:
 * {@code mail/office365Session}. No user, no password, no host: the session knows them.
 *
 * <p>Thread rule: the container gives each call an instance of its own.
 */
@Stateless
public class PlainMailService {

    @Resource(lookup = "mail/office365Session")
    private Session session;

    /**
     * Sends one mail. When this returns, the mail server has taken responsibility for it.
     *
     * @throws MessagingException if the server did not take it
     */
    public Receipt send(MailDraft draft) throws MessagingException {
        MimeMessage message = draft.in(session);
        Transport.send(message);
        return new Receipt(message.getMessageID(), Via.SESSION.text(), session.getProperty("mail.from"));
    }

    /**
     * Lists the newest mails of a folder, newest first.
     *
     * @param name the folder's full name
     * @param limit how many at most
     * @throws MessagingException if the mail server could not be reached or has no such folder
     */
    public List<MailSummary> list(String name, int limit) throws MessagingException {
        try (Store store = session.getStore()) {
            store.connect();
            Folder folder = store.getFolder(name);
            folder.open(Folder.READ_ONLY);
            try (folder) {
                return new FolderReader(folder).newest(limit);
            }
        }
    }

    /**
     * Reads one mail and leaves it unread in the mailbox.
     *
     * @param name the folder's full name
     * @param uid the mail's number in it
     * @return empty if there is no such mail
     * @throws MessagingException if the mail server could not be reached or has no such folder
     */
    public Optional<MailText> read(String name, long uid) throws MessagingException {
        try (Store store = session.getStore()) {
            store.connect();
            Folder folder = store.getFolder(name);
            folder.open(Folder.READ_ONLY);
            try (folder) {
                return new FolderReader(folder).text(uid);
            }
        }
    }
}
