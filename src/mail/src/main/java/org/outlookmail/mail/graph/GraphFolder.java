package org.outlookmail.mail.graph;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.MessageChangedEvent;
import jakarta.mail.search.SearchTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder that is read over Graph, beneath the {@link org.outlookmail.mail.MailboxFolder} of an application: its messages, from
 * opening to closing.
 *
 * <p>Thread rule: as every {@code Folder}.
 */
final class GraphFolder extends GraphPlace implements UIDFolder {

    /** Content that was read is marked as seen at the latest after so many messages, by one request. */
    private static final int SEEN_AT_ONCE = 20;

    /** What no folder holds, whatever it counts. */
    private static final long MOST = 10_000_000;

    private final GraphStore wire;
    private final GraphClient client;
    private final String path;
    private final MessageChanges changes;
    private final Set<Item> unmarked = new LinkedHashSet<>();

    private final GivenMessages given = new GivenMessages(this);
    private final MessageContents contents;
    private volatile boolean open;
    private volatile boolean takenBack;
    private final AtomicInteger openings = new AtomicInteger();
    private MessageIndex index;

    /** Empty for the root. */
    GraphFolder(GraphStore store, String path) {
        super(store, path);
        this.wire = store;
        this.client = store.client();
        this.path = path;
        this.changes = new MessageChanges(client);
        this.contents = new MessageContents(client);
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
    public void takeBack() throws MessagingException {
        takenBack = true;
        close(false);
    }

    // Open and closed.

    @Override
    public synchronized void open(int wanted) throws MessagingException {
        requireClosed();
        if (path.isEmpty()) {
            throw new MethodNotSupportedException("the root has no messages");
        }
        FolderNode found = lookedUp();
        wire.book().known(this); // At each opening: what was closed for its holder, he may open again.
        takenBack = false;
        index = new MessageIndex(
                client, found.id(), wire.settings().page(), (int) Math.min(MOST, Math.max(0, found.total())));
        mode = wanted;
        openings.incrementAndGet();
        open = true;
        tell(folder -> folder.notifyConnectionListeners(ConnectionEvent.OPENED));
    }

    /** Marks what was read as seen, and removes what is marked as deleted if that is wanted; closed it is either way. */
    @Override
    public synchronized void close(boolean expunge) throws MessagingException {
        requireOpened();
        try {
            marked();
            if (expunge && mode == READ_WRITE) {
                changes.removed(deleted());
            }
        } finally {
            open = false;
            unmarked.clear();
            given.clear();
            contents.discardAll();
            tell(folder -> folder.notifyConnectionListeners(ConnectionEvent.CLOSED));
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    int openings() {
        return openings.get();
    }

    /** A message is of one opening of its folder. */
    void requireOpening(int opening) {
        if (!open || opening != openings.get()) {
            throw new IllegalStateException("the message is of a folder that was closed; get it again");
        }
    }

    private void requireOpened() {
        if (!open) {
            throw new IllegalStateException("the folder " + path + " is not open");
        }
    }

    private void requireWritable() {
        requireOpened();
        if (mode != READ_WRITE) {
            throw new IllegalStateException("the folder " + path + " is open for reading alone");
        }
    }

    // Messages.

    @Override
    public synchronized int getMessageCount() throws MessagingException {
        if (!open) {
            return (int) lookedUp().total();
        }
        refresh();
        return index.size();
    }

    /** Asks whether messages have come, and numbers them if so. */
    private boolean refresh() throws MessagingException {
        // Others may have taken as many away as have come.
        List<Item> fresh = index.arrived(lookedUp().total());
        if (!fresh.isEmpty()) {
            int first = index.size() - fresh.size() + 1;
            Message[] added = getMessages(first, index.size());
            tell(folder -> folder.notifyMessageAddedListeners(added));
        }
        return !fresh.isEmpty();
    }

    @Override
    public synchronized boolean hasNewMessages() throws MessagingException {
        return open ? refresh() : lookedUp().unread() > 0;
    }

    /** Of Graph's own counting. */
    @Override
    public synchronized int getUnreadMessageCount() throws MessagingException {
        if (open) {
            marked();
        }
        return (int) lookedUp().unread();
    }

    /** Graph knows no recent messages (RFC 3501, section 2.3.2). */
    @Override
    public int getNewMessageCount() {
        return 0;
    }

    @Override
    public synchronized int getDeletedMessageCount() throws MessagingException {
        return open ? deleted().size() : 0;
    }

    @Override
    public synchronized Message getMessage(int number) throws MessagingException {
        requireOpened();
        if (number > index.size()) {
            refresh();
        }
        if (number < 1 || number > index.size()) {
            throw new IndexOutOfBoundsException(
                    "message " + number + " of the " + index.size() + " in " + path + " is asked for");
        }
        return given.numbered(number, index.known(number));
    }

    /** As many as are known; {@link #getMessageCount} asks for more. */
    @Override
    public synchronized Message[] getMessages() throws MessagingException {
        requireOpened();
        return index.size() == 0 ? new Message[0] : getMessages(1, index.size());
    }

    synchronized Item item(int number) throws MessagingException {
        if (number > index.size()) {
            throw new MessageRemovedException("the message was removed");
        }
        return index.get(number);
    }

    synchronized int number(Item item) throws MessagingException {
        return index.number(item);
    }

    @Override
    public synchronized void fetch(Message[] messages, FetchProfile profile) throws MessagingException {
        requireOpened();
        for (Message message : messages) {
            if (message instanceof GraphMessage ours && ours.isOf(this) && !message.isExpunged()) {
                try {
                    ours.item();
                } catch (MessageRemovedException gone) {
                    ours.removed();
                }
            }
        }
    }

    /** The content of a message, which this folder closes at the latest. */
    Spool mime(Item item) throws MessagingException {
        Spool spool = contents.fetched(item);
        if (!kept(spool)) {
            MessageContents.discard(spool);
            requireOpened(); // Which it is not.
        }
        return spool;
    }

    /** Whether it will be closed with this folder, which somebody may have closed meanwhile. */
    private synchronized boolean kept(Spool spool) {
        return open && contents.keep(spool);
    }

    // Flags.

    @Override
    public Flags getPermanentFlags() {
        Flags permanent = new Flags();
        permanent.add(Flags.Flag.SEEN);
        permanent.add(Flags.Flag.FLAGGED);
        permanent.add(Flags.Flag.USER);
        return permanent;
    }

    /** Its content was read, which marks it (RFC 3501, section 6.4.5); twenty are told at once. */
    synchronized void seen(Item item) throws MessagingException {
        if (mode == READ_WRITE && !item.flags().contains(Flags.Flag.SEEN)) {
            item.flags().add(Flags.Flag.SEEN);
            unmarked.add(item);
            if (unmarked.size() >= SEEN_AT_ONCE) {
                marked();
            }
        }
    }

    private void marked() throws MessagingException {
        List<Item> all = List.copyOf(unmarked);
        unmarked.clear();
        if (!all.isEmpty()) {
            changes.seen(all);
        }
    }

    /** Of deleted and answered messages Graph knows nothing: these flags last until the folder is closed. */
    @Override
    public synchronized void setFlags(Message[] messages, Flags changed, boolean set) throws MessagingException {
        requireWritable();
        Map<Item, Flags> before = new LinkedHashMap<>();
        for (Item item : items(messages)) {
            Flags old = (Flags) item.flags().clone();
            if (set) {
                item.flags().add(changed);
            } else {
                item.flags().remove(changed);
            }
            if (MessageChanges.differ(old, item.flags(), changed)) {
                unmarked.remove(item);
                before.putIfAbsent(item, old);
            }
        }
        tell(folder -> folder.marks(changed, set));
        if (!before.isEmpty()) {
            changes.flags(before, changed);
        }
        for (Message message : messages) {
            tell(folder -> folder.notifyMessageChangedListeners(MessageChangedEvent.FLAGS_CHANGED, message));
        }
    }

    private List<Item> items(Message[] messages) throws MessagingException {
        List<Item> items = new ArrayList<>();
        for (Message message : messages) {
            if (!(message instanceof GraphMessage ours) || !ours.isOf(this)) {
                throw new MessagingException("a message is not of " + path + " as it is open now; get it again");
            }
            items.add(ours.item());
        }
        return items;
    }

    private List<Item> deleted() {
        List<Item> marked = new ArrayList<>();
        for (int number = 1; number <= index.size(); number++) {
            Item item = index.known(number);
            if (item != null && !item.gone() && item.flags().contains(Flags.Flag.DELETED)) {
                marked.add(item);
            }
        }
        return marked;
    }

    @Override
    public synchronized Message[] expunge() throws MessagingException {
        requireWritable();
        marked();
        changes.removed(deleted());
        return settled();
    }

    /** Those that are gone leave, and the others move up. */
    private Message[] settled() {
        Message[] gone = given.settled(index);
        if (gone.length > 0) {
            tell(folder -> folder.notifyMessageRemovedListeners(true, gone));
        }
        return gone;
    }

    // To and from other folders.

    @Override
    public synchronized void move(Message[] messages, Folder target) throws MessagingException {
        requireWritable();
        if (!(target instanceof GraphFolder ours) || ours.wire != wire) {
            throw new MethodNotSupportedException("messages can be moved within a mailbox only");
        }
        marked();
        String destination = ours.lookedUp().id();
        changes.moved(items(messages), destination);
        settled();
    }

    @Override
    public void copyMessages(Message[] messages, Folder target) throws MessagingException {
        requireOpened();
        if (target instanceof GraphFolder ours && ours.wire == wire) {
            copied(messages, ours.lookedUp().id());
        } else {
            super.copyMessages(messages, target);
        }
    }

    private synchronized void copied(Message[] messages, String destination) throws MessagingException {
        marked();
        changes.copied(items(messages), destination);
    }

    @Override
    public void appendMessages(Message[] messages) throws MessagingException {
        FolderNode into = lookedUp();
        Appending appending = new Appending(client, wire.settings(), path);
        for (Message message : messages) {
            appending.check(message);
        }
        for (Message message : messages) {
            appending.append(message, into.id());
        }
    }

    // Search.

    /** What Graph finds is looked at without the lock: a message that another thread reads has its own, and wants this one. */
    @Override
    public Message[] search(SearchTerm term) throws MessagingException {
        return search(term, candidates(SearchFilter.of(term)));
    }

    private synchronized Message[] candidates(Optional<String> filter) throws MessagingException {
        requireOpened();
        if (filter.isEmpty()) {
            return getMessages();
        }
        marked();
        List<Message> all = new ArrayList<>();
        for (Item item : index.found(filter.get())) {
            all.add(given.of(item, index.knownNumber(item)));
        }
        return all.toArray(Message[]::new);
    }

    // UIDs.

    @Override
    public long getUIDValidity() throws MessagingException {
        return GraphUid.validity(lookedUp().id());
    }

    @Override
    public synchronized Message getMessageByUID(long uid) throws MessagingException {
        requireOpened();
        Optional<Item> found = index.byUid(uid);
        return found.isEmpty() ? null : given.of(found.get(), index.knownNumber(found.get()));
    }

    @Override
    public Message[] getMessagesByUID(long start, long end) throws MessagingException {
        if (start == end) {
            Message one = getMessageByUID(start);
            return one == null ? new Message[0] : new Message[] {one};
        }
        throw Appending.noRange(client, path);
    }

    @Override
    public synchronized Message[] getMessagesByUID(long[] uids) throws MessagingException {
        List<Message> found = new ArrayList<>();
        for (long uid : uids) {
            Message one = getMessageByUID(uid);
            if (one != null) {
                found.add(one);
            }
        }
        return found.toArray(Message[]::new);
    }

    @Override
    public long getUID(Message message) throws MessagingException {
        return GraphUid.of(items(new Message[] {message}).get(0).id());
    }

    /** Nobody knows. */
    @Override
    public long getUIDNext() {
        return -1;
    }
}
