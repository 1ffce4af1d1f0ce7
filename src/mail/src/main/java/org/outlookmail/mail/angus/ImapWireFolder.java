package org.outlookmail.mail.angus;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.MailEvent;
import jakarta.mail.event.MessageCountAdapter;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.ResyncData;
import org.eclipse.angus.mail.imap.protocol.ListInfo;
import org.outlookmail.mail.FolderBook;
import org.outlookmail.mail.MailboxFolder;
import org.outlookmail.mail.WireFolder;

/**
 * Angus Mail's IMAP folder of one login, whose messages and events are those of the {@link MailboxFolder} above it.
 *
 * <p>Thread rule: as every {@code Folder}.
 */
final class ImapWireFolder extends IMAPFolder implements WireFolder {

    private final FolderBook book;
    private volatile Reference<MailboxFolder> owner = new WeakReference<>(null);
    private volatile boolean open;
    private volatile boolean takenBack;
    private volatile boolean telling;
    private final AtomicInteger openings = new AtomicInteger();

    ImapWireFolder(String name, char separator, IMAPStore store, Boolean isNamespace, FolderBook book) {
        super(name, separator, store, isNamespace);
        this.book = book;
    }

    ImapWireFolder(ListInfo listed, IMAPStore store, FolderBook book) {
        super(listed, store);
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

    int openings() {
        return openings.get();
    }

    @Override
    public boolean takenBack() {
        return takenBack;
    }

    @Override
    public synchronized List<MailEvent> open(int mode, ResyncData resync) throws MessagingException {
        book.known(this); // At each opening: what was closed for its holder, he may open again.
        takenBack = false;
        openings.incrementAndGet();
        return super.open(mode, resync);
    }

    @Override
    public void takeBack() throws MessagingException {
        takenBack = true;
        close(false);
    }

    @Override
    protected IMAPMessage newIMAPMessage(int number) {
        return new IMAPMail(this, number);
    }

    /** Angus Mail compares the message's folder with itself; an application's message has the application's folder. */
    @Override
    public synchronized long getUID(Message message) throws MessagingException {
        if (!(message instanceof IMAPMail ours) || !ours.isOf(this)) {
            throw new NoSuchElementException("Message does not belong to this folder");
        }
        checkOpened();
        if (ours.uid() == -1) {
            FetchProfile uid = new FetchProfile();
            uid.add(UIDFolder.FetchProfileItem.UID);
            fetch(new Message[] {message}, uid);
        }
        if (ours.uid() == -1) {
            throw ours.isExpunged()
                    ? new MessageRemovedException("the message was removed")
                    : new MessagingException("the server tells no UID of message " + ours.getMessageNumber());
        }
        return ours.uid();
    }

    /**
     * Moves messages (RFC 6851). A server without MOVE copies them, marks them as deleted and expunges them alone (RFC 4315,
     * UID EXPUNGE); without that they stay marked, since an EXPUNGE would remove what others have marked.
     *
     * @param target of the same login, or it is refused
     */
    @Override
    public synchronized void move(Message[] messages, Folder target) throws MessagingException {
        if (!(target instanceof ImapWireFolder)) {
            throw new MethodNotSupportedException("messages can be moved within a mailbox only");
        }
        checkOpened();
        if (mode != READ_WRITE) {
            throw new IllegalStateException("Cannot move messages out of the READ_ONLY folder " + getFullName());
        }
        for (Message message : messages) {
            if (!(message instanceof IMAPMail ours) || !ours.isOfThisOpening(this)) {
                throw new IllegalStateException(
                        "a message to be moved is not of " + getFullName() + " as it is open now; get it again");
            }
        }
        if (offers("MOVE")) {
            moveMessages(messages, target);
            return;
        }
        copyMessages(messages, target);
        MailboxFolder marked = owner.get();
        if (marked != null) {
            marked.marks(new Flags(Flags.Flag.DELETED), true);
        }
        setFlags(messages, new Flags(Flags.Flag.DELETED), true);
        if (offers("UIDPLUS")) {
            expunge(messages);
        }
    }

    private boolean offers(String capability) throws MessagingException {
        return (Boolean) doCommand(protocol -> protocol.hasCapability(capability));
    }

    /** Angus Mail looks up the messages that came or went only if it knows of a listener; ours hears it from us. */
    @Override
    public void tellOfMessages() {
        if (!telling) {
            telling = true;
            addMessageCountListener(new MessageCountAdapter() {});
        }
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
    protected void notifyFolderListeners(int type) {
        MailboxFolder told = owner.get();
        if (told != null) {
            told.notifyFolderListeners(type);
        }
    }

    @Override
    protected void notifyFolderRenamedListeners(Folder renamed) {
        MailboxFolder told = owner.get();
        if (told != null) {
            told.notifyFolderRenamedListeners(
                    renamed instanceof WireFolder wire && wire.owner() != null ? wire.owner() : renamed);
        }
    }

    @Override
    protected void notifyMessageAddedListeners(Message[] messages) {
        MailboxFolder told = owner.get();
        if (told != null) {
            told.notifyMessageAddedListeners(messages);
        }
    }

    @Override
    protected void notifyMessageRemovedListeners(boolean removed, Message[] messages) {
        MailboxFolder told = owner.get();
        if (told != null) {
            told.notifyMessageRemovedListeners(removed, messages);
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
