package org.outlookmail.mail;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.MessageCountListener;
import jakarta.mail.search.SearchTerm;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A folder of a mailbox, as applications have it: of their own store and session, with their own listeners, and not bound
 * to one login. Opened again after the login was renewed, it is found in the new one; open while its connection ends, it
 * says so.
 *
 * <p>Thread rule: as every {@code Folder}. The application closes it.
 */
@SuppressWarnings(
        "UnsynchronizedOverridesSynchronized") // The folder beneath has the lock; two could wait for each other.
public class MailboxFolder extends Folder {

    private static final Logger LOG = System.getLogger(MailboxFolder.class.getName());

    private final String name;
    private final MailboxStore owner;
    private final FolderCalls calls;
    private volatile boolean marked;
    private volatile boolean countListened;
    private boolean connectionListened;

    /**
     * @param name the full name; empty for the root
     */
    MailboxFolder(MailboxStore owner, String name) {
        super(owner);
        this.name = name;
        this.owner = owner;
        calls = new FolderCalls(this, owner);
    }

    public FolderCalls calls() {
        return calls;
    }

    public MailboxStore owner() {
        return owner;
    }

    /** Finds it in a login. */
    Folder lookedUp(WireStore wire) throws MessagingException {
        Folder found = name.isEmpty() ? wire.store().getDefaultFolder() : wire.getFolder(getFullName());
        if (countListened) {
            tellOfMessages(found);
        }
        return found;
    }

    private static void tellOfMessages(Folder found) {
        if (found instanceof WireFolder wire) {
            wire.tellOfMessages();
        }
    }

    /** As the application has it, of one that Angus Mail has found beside this one. */
    private MailboxFolder beside(Folder found) {
        Beneath here = calls.beneath();
        return found == null ? null : owner.folder(new Beneath(here.connection(), here.store(), found));
    }

    private Folder[] beside(Folder[] found) {
        Folder[] folders = new Folder[found.length];
        for (int index = 0; index < found.length; index++) {
            folders[index] = beside(found[index]);
        }
        return folders;
    }

    /** Angus Mail's own, if the other one is of the same mailbox: then the server does the work. */
    private Folder inThisLogin(Folder other) throws MessagingException {
        Beneath here = calls.beneath();
        if (other instanceof MailboxFolder ours && ours.owner.sameMailbox(owner)) {
            Beneath there = ours.calls.beneath();
            if (there != null && there.store() == here.store()) {
                return there.folder();
            }
            Folder found = ours.lookedUp(here.store());
            if (found instanceof WireFolder wire) {
                wire.beneath(ours);
            }
            return found;
        }
        return other;
    }

    @Override
    public String getName() {
        try {
            return name.isEmpty() ? "" : calls.ask("looked up", Folder::getName);
        } catch (MessagingException unknown) {
            LOG.log(Level.DEBUG, () -> "the separator of " + name + " is not known: " + unknown);
            return getFullName();
        }
    }

    @Override
    public String getFullName() {
        Beneath now = calls.beneath();
        return now == null ? name : now.folder().getFullName();
    }

    @Override
    public Folder getParent() throws MessagingException {
        return name.isEmpty() ? null : calls.ask("looked up", inner -> beside(inner.getParent()));
    }

    @Override
    public boolean exists() throws MessagingException {
        return calls.ask("looked up", Folder::exists);
    }

    @Override
    public Folder[] list(String pattern) throws MessagingException {
        return calls.ask("listed", inner -> beside(inner.list(pattern)));
    }

    @Override
    public Folder[] listSubscribed(String pattern) throws MessagingException {
        return calls.ask("listed", inner -> beside(inner.listSubscribed(pattern)));
    }

    @Override
    public char getSeparator() throws MessagingException {
        return calls.ask("looked up", Folder::getSeparator);
    }

    @Override
    public int getType() throws MessagingException {
        return calls.ask("looked up", Folder::getType);
    }

    @Override
    public boolean create(int type) throws MessagingException {
        return calls.once("created", inner -> inner.create(type));
    }

    /** False also if the server cannot be asked, as Jakarta Mail leaves no way to say so. */
    @Override
    public boolean isSubscribed() {
        try {
            return calls.ask("looked up", Folder::isSubscribed);
        } catch (MessagingException unknown) {
            LOG.log(Level.DEBUG, () -> "whether " + name + " is subscribed is not known: " + unknown);
            return false;
        }
    }

    @Override
    public void setSubscribed(boolean subscribe) throws MessagingException {
        calls.ask("subscribed", inner -> {
            inner.setSubscribed(subscribe);
            return null;
        });
    }

    @Override
    public boolean hasNewMessages() throws MessagingException {
        return calls.ask("looked at", Folder::hasNewMessages);
    }

    @Override
    public Folder getFolder(String child) throws MessagingException {
        return calls.ask("looked up", inner -> beside(inner.getFolder(child)));
    }

    @Override
    public boolean delete(boolean recurse) throws MessagingException {
        return calls.once("deleted", inner -> inner.delete(recurse));
    }

    @Override
    public boolean renameTo(Folder other) throws MessagingException {
        return calls.once("renamed", inner -> inner.renameTo(inThisLogin(other)));
    }

    @Override
    public void open(int wanted) throws MessagingException {
        calls.open(wanted);
        mode = ((WireFolder) calls.beneath().folder()).openedMode();
        marked = false;
    }

    @Override
    public void close(boolean expunge) throws MessagingException {
        calls.close(expunge, marked && mode == READ_WRITE);
    }

    @Override
    public boolean isOpen() {
        return calls.held() && calls.beneath().folder().isOpen();
    }

    @Override
    public Flags getPermanentFlags() {
        Beneath now = calls.beneath();
        return now == null ? null : now.folder().getPermanentFlags();
    }

    @Override
    public int getMessageCount() throws MessagingException {
        return calls.ask("counted", Folder::getMessageCount);
    }

    @Override
    public int getNewMessageCount() throws MessagingException {
        return calls.ask("counted", Folder::getNewMessageCount);
    }

    @Override
    public int getUnreadMessageCount() throws MessagingException {
        return calls.ask("counted", Folder::getUnreadMessageCount);
    }

    @Override
    public int getDeletedMessageCount() throws MessagingException {
        return calls.ask("counted", Folder::getDeletedMessageCount);
    }

    @Override
    public Message getMessage(int number) throws MessagingException {
        return calls.open("read", inner -> inner.getMessage(number));
    }

    @Override
    public Message[] getMessages() throws MessagingException {
        return calls.open("read", Folder::getMessages);
    }

    @Override
    public Message[] getMessages(int start, int end) throws MessagingException {
        return calls.open("read", inner -> inner.getMessages(start, end));
    }

    @Override
    public Message[] getMessages(int[] numbers) throws MessagingException {
        return calls.open("read", inner -> inner.getMessages(numbers));
    }

    @Override
    public void appendMessages(Message[] messages) throws MessagingException {
        calls.once("appended to", inner -> {
            inner.appendMessages(messages);
            return null;
        });
    }

    @Override
    public void fetch(Message[] messages, FetchProfile profile) throws MessagingException {
        calls.open("read", inner -> {
            inner.fetch(messages, profile);
            return null;
        });
    }

    @Override
    public void setFlags(Message[] messages, Flags flags, boolean value) throws MessagingException {
        calls.open("changed", inner -> {
            marks(flags, value);
            inner.setFlags(messages, flags, value);
            return null;
        });
    }

    @Override
    public void setFlags(int start, int end, Flags flags, boolean value) throws MessagingException {
        calls.open("changed", inner -> {
            marks(flags, value);
            inner.setFlags(start, end, flags, value);
            return null;
        });
    }

    @Override
    public void setFlags(int[] numbers, Flags flags, boolean value) throws MessagingException {
        calls.open("changed", inner -> {
            marks(flags, value);
            inner.setFlags(numbers, flags, value);
            return null;
        });
    }

    /** From the first message that is marked as deleted, closing has something to do that can fail. */
    public void marks(Flags flags, boolean value) {
        if (value && flags.contains(Flags.Flag.DELETED)) {
            marked = true;
        }
    }

    @Override
    public void copyMessages(Message[] messages, Folder target) throws MessagingException {
        calls.open("copied from", inner -> {
            inner.copyMessages(messages, inThisLogin(target));
            return null;
        });
    }

    /**
     * Moves messages of this folder (RFC 6851). A server without MOVE copies and expunges them alone; without UIDPLUS (RFC
     * 4315) too, they stay behind, marked as deleted.
     *
     * @param messages of this folder, open with READ_WRITE; not null
     * @param target of the same mailbox; not null
     * @throws MessagingException diagnosed. If the connection has ended meanwhile, they are in one of the folders or in both
     */
    public void moveMessages(Message[] messages, Folder target) throws MessagingException {
        calls.open("moved from", inner -> {
            if (messages.length > 0) {
                ((WireFolder) inner).move(messages, inThisLogin(target));
            }
            return null;
        });
    }

    @Override
    public Message[] expunge() throws MessagingException {
        return calls.open("expunged", inner -> {
            Message[] gone = inner.expunge();
            marked = false;
            return gone;
        });
    }

    @Override
    public Message[] search(SearchTerm term) throws MessagingException {
        return calls.open("searched", inner -> inner.search(term));
    }

    @Override
    public Message[] search(SearchTerm term, Message[] messages) throws MessagingException {
        return calls.open("searched", inner -> inner.search(term, messages));
    }

    @Override
    public synchronized void addMessageCountListener(MessageCountListener listener) {
        super.addMessageCountListener(listener);
        countListened = true;
        Beneath now = calls.beneath();
        if (now != null) {
            tellOfMessages(now.folder());
        }
    }

    /**
     * Jakarta Mail 2.1.5 loses a CLOSED that is the first event of all: its queue ends before the thread that serves it has
     * looked at it. So the first listener begins with an event that nobody hears.
     */
    @Override
    public synchronized void addConnectionListener(ConnectionListener listener) {
        if (!connectionListened) {
            connectionListened = true;
            ConnectionListener nobody = new ConnectionAdapter() {};
            super.addConnectionListener(nobody);
            super.notifyConnectionListeners(ConnectionEvent.OPENED);
            super.removeConnectionListener(nobody);
        }
        super.addConnectionListener(listener);
    }

    // What Jakarta Mail keeps to a folder and its package, for the folders beneath.

    @Override
    public void notifyConnectionListeners(int type) {
        super.notifyConnectionListeners(type);
    }

    @Override
    public void notifyFolderListeners(int type) {
        super.notifyFolderListeners(type);
    }

    @Override
    public void notifyFolderRenamedListeners(Folder renamed) {
        super.notifyFolderRenamedListeners(renamed);
    }

    @Override
    public void notifyMessageAddedListeners(Message[] messages) {
        super.notifyMessageAddedListeners(messages);
    }

    @Override
    public void notifyMessageRemovedListeners(boolean removed, Message[] messages) {
        super.notifyMessageRemovedListeners(removed, messages);
    }

    @Override
    public void notifyMessageChangedListeners(int type, Message message) {
        super.notifyMessageChangedListeners(type, message);
    }
}
