package org.outlookmail.mail;

import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import jakarta.mail.event.MailEvent;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.ResyncData;
import org.eclipse.angus.mail.imap.protocol.ListInfo;

/**
 * Angus Mail's folder, which says why it could not be opened also to code that knows Jakarta Mail alone. A folder that does
 * not exist or cannot be written stays Jakarta Mail's own exception, because such code asks for its type.
 *
 * <p>Thread rule: as every {@code Folder}.
 */
final class ReportedFolder extends IMAPFolder {

    /** Says what a failure means. */
    @FunctionalInterface
    interface Explanation {
        MessagingException of(String folder, long startedNanos, MessagingException failure);
    }

    private final Explanation explanation;

    ReportedFolder(String name, char separator, IMAPStore store, Boolean isNamespace, Explanation explanation) {
        super(name, separator, store, isNamespace);
        this.explanation = explanation;
    }

    ReportedFolder(ListInfo listed, IMAPStore store, Explanation explanation) {
        super(listed, store);
        this.explanation = explanation;
    }

    @Override
    public synchronized List<MailEvent> open(int mode, ResyncData resync) throws MessagingException {
        long started = System.nanoTime();
        try {
            return super.open(mode, resync);
        } catch (FolderNotFoundException | ReadOnlyFolderException known) {
            throw known;
        } catch (MessagingException failure) {
            throw explanation.of(getFullName(), started, failure);
        }
    }
}
