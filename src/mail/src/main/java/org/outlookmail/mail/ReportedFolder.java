package org.outlookmail.mail;

import jakarta.mail.FolderClosedException;
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
 * Angus Mail's folder, which says why it could not be opened, or was closed, also to code that knows Jakarta Mail alone. A
 * folder that does not exist or cannot be written stays Jakarta Mail's own exception, because such code asks for its type.
 *
 * <p>Thread rule: as every {@code Folder}.
 */
final class ReportedFolder extends IMAPFolder {

    private final FolderFailures failures;
    private final FolderBook book;
    private volatile boolean takenBack;

    ReportedFolder(
            String name,
            char separator,
            IMAPStore store,
            Boolean isNamespace,
            FolderFailures failures,
            FolderBook book) {
        super(name, separator, store, isNamespace);
        this.failures = failures;
        this.book = book;
    }

    ReportedFolder(ListInfo listed, IMAPStore store, FolderFailures failures, FolderBook book) {
        super(listed, store);
        this.failures = failures;
        this.book = book;
    }

    @Override
    public synchronized List<MailEvent> open(int mode, ResyncData resync) throws MessagingException {
        long started = System.nanoTime();
        book.known(this); // At each opening: what was closed for its holder, he may open again.
        try {
            List<MailEvent> events = super.open(mode, resync);
            takenBack = false;
            return events;
        } catch (FolderNotFoundException | ReadOnlyFolderException known) {
            throw known;
        } catch (MessagingException failure) {
            throw failures.opening(getFullName(), started, failure);
        }
    }

    /** Closes it because its connection is no longer the application's. */
    void takeBack() throws MessagingException {
        takenBack = true;
        close(false);
    }

    /** Most uses of an open folder pass here. */
    @Override
    protected void checkOpened() throws FolderClosedException {
        try {
            super.checkOpened();
        } catch (IllegalStateException closed) {
            explain(closed);
        }
    }

    @Override
    public synchronized void close(boolean expunge) throws MessagingException {
        try {
            super.close(expunge);
        } catch (IllegalStateException closed) {
            explain(closed);
        }
    }

    /** It is no mistake of the application that it takes the folder for open: somebody else closed it. */
    private void explain(IllegalStateException closed) throws FolderClosedException {
        if (takenBack) {
            throw failures.takenBack(this, closed);
        }
        throw closed;
    }
}
