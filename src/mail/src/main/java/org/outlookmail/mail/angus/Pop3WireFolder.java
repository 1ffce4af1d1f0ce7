package org.outlookmail.mail.angus;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import jakarta.mail.event.ConnectionEvent;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.eclipse.angus.mail.pop3.POP3Message;
import org.eclipse.angus.mail.pop3.POP3Store;
import org.outlookmail.mail.FolderBook;
import org.outlookmail.mail.MailboxFolder;
import org.outlookmail.mail.WireFolder;

/**
 * Angus Mail's POP3 folder of one login, whose messages and events are those of the {@link MailboxFolder} above it.
 *
 * <p>Thread rule: as every {@code Folder}.
 */
final class Pop3WireFolder extends POP3Folder implements WireFolder {

    private final FolderBook book;
    private volatile Reference<MailboxFolder> owner = new WeakReference<>(null);
    private volatile boolean open;
    private volatile boolean takenBack;

    Pop3WireFolder(POP3Store store, String name, FolderBook book) {
        super(store, name);
        this.book = book;
    }

    @Override
    public void beneath(MailboxFolder folder) {
        owner = new WeakReference<>(folder);
    }

    @Override
    public MailboxFolder owner() {
        return owner.get();
    }

    @Override
    public boolean opened() {
        return open;
    }

    @Override
    public int openedMode() {
        return mode;
    }

    @Override
    public boolean takenBack() {
        return takenBack;
    }

    @Override
    public synchronized void open(int mode) throws MessagingException {
        book.known(this);
        takenBack = false;
        super.open(mode);
    }

    @Override
    public void takeBack() throws MessagingException {
        takenBack = true;
        close(false);
    }

    @Override
    public void move(Message[] messages, Folder target) throws MessagingException {
        throw new MethodNotSupportedException("POP3 has one folder: nothing can be moved");
    }

    @Override
    protected POP3Message createMessage(Folder folder, int number) throws MessagingException {
        return new Pop3Mail(this, number);
    }

    @Override
    protected void notifyConnectionListeners(int type) {
        open = type == ConnectionEvent.OPENED;
        MailboxFolder told = owner.get();
        if (told != null) {
            told.notifyConnectionListeners(type);
        }
    }

    @Override
    protected void notifyMessageChangedListeners(int type, Message message) {
        MailboxFolder told = owner.get();
        if (told != null) {
            told.notifyMessageChangedListeners(type, message);
        }
    }
}
