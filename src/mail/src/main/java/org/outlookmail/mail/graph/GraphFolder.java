package org.outlookmail.mail.graph;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.FolderEvent;
import jakarta.mail.event.MessageChangedEvent;
import jakarta.mail.search.SearchTerm;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.outlookmail.mail.MailboxFolder;
import org.outlookmail.mail.WireFolder;

/**
 * A folder that is read over Graph, beneath the {@link MailboxFolder} of an application.
 *
 * <p>Thread rule: as every {@code Folder}.
 */
final class GraphFolder extends Folder implements WireFolder, UIDFolder {

    /** Content that was read is marked as seen at the latest after so many messages, by one request. */
    private static final int SEEN_AT_ONCE = 20;

    /** What no folder holds, whatever it counts. */
    private static final long MOST = 10_000_000;

    private final GraphStore wire;
    private final GraphClient client;
    private final String path;
    private final Set<Item> unmarked = new LinkedHashSet<>();
    private final Set<Spool> spools = new LinkedHashSet<>();

    /** What applications have of it, as long as they have it: a folder keeps no content that nobody reads any more. */
    private final Map<Integer, Reference<GraphMessage>> given = new HashMap<>();

    /** Those that a search has found before their numbers were known. */
    private final Map<Item, Reference<GraphMessage>> found = new HashMap<>();

    private volatile Reference<MailboxFolder> owner = new WeakReference<>(null);
    private volatile boolean open;
    private volatile boolean takenBack;
    private volatile int openings;
    private FolderNode node;
    private MessageIndex index;

    /** Empty for the root. */
    GraphFolder(GraphStore store, String path) {
        super(store);
        this.wire = store;
        this.client = store.client();
        this.path = path;
    }

    // What the folder above asks for.

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
    public void takeBack() throws MessagingException {
        takenBack = true;
        close(false);
    }

    private void tell(Consumer<MailboxFolder> what) {
        MailboxFolder told = owner.get();
        if (told != null) {
            what.accept(told);
        }
    }

    // Where it is.

    @Override
    public String getName() {
        return path.substring(path.lastIndexOf(GraphStore.SEPARATOR) + 1);
    }

    @Override
    public String getFullName() {
        return path;
    }

    @Override
    public Folder getParent() throws MessagingException {
        if (path.isEmpty()) {
            throw new MethodNotSupportedException("the root has no parent");
        }
        return new GraphFolder(wire, path.substring(0, Math.max(0, path.lastIndexOf(GraphStore.SEPARATOR))));
    }

    private String below(String name) {
        return path.isEmpty() ? name : path + GraphStore.SEPARATOR + name;
    }

    private FolderNode lookedUp() throws MessagingException {
        node = wire.tree()
                .find(path)
                .orElseThrow(() -> new FolderNotFoundException(this, "there is no folder " + path));
        return node;
    }

    @Override
    public boolean exists() throws MessagingException {
        return path.isEmpty() || wire.tree().find(path).isPresent();
    }

    @Override
    public char getSeparator() {
        return GraphStore.SEPARATOR;
    }

    @Override
    public int getType() throws MessagingException {
        if (!exists()) {
            throw new FolderNotFoundException(this, "there is no folder " + path);
        }
        return path.isEmpty() ? HOLDS_FOLDERS : HOLDS_MESSAGES | HOLDS_FOLDERS;
    }

    @Override
    public Folder getFolder(String name) {
        return wire.getFolder(below(name));
    }

    @Override
    public Folder[] list(String pattern) throws MessagingException {
        Pattern wanted = wanted(pattern);
        List<Folder> found = new ArrayList<>();
        if (!path.isEmpty()) {
            lookedUp();
        }
        list(path, pattern.contains("*") || pattern.indexOf(GraphStore.SEPARATOR) >= 0, wanted, found);
        return found.toArray(Folder[]::new);
    }

    private void list(String above, boolean deep, Pattern wanted, List<Folder> found) throws MessagingException {
        for (FolderNode child : wire.tree().children(above)) {
            String name = above.isEmpty() ? child.name() : above + GraphStore.SEPARATOR + child.name();
            String relative = path.isEmpty() ? name : name.substring(path.length() + 1);
            if (wanted.matcher(relative).matches()) {
                found.add(new GraphFolder(wire, name));
            }
            if (deep && child.children() > 0) {
                list(name, true, wanted, found);
            }
        }
    }

    /** As IMAP has it (RFC 3501, section 6.3.8): an asterisk is anything, a percent sign anything but a separator. */
    private static Pattern wanted(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            regex.append(
                    c == '*' ? ".*" : c == '%' ? "[^" + GraphStore.SEPARATOR + "]*" : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    @Override
    public boolean create(int type) throws MessagingException {
        if (exists()) {
            return false;
        }
        String above = path.substring(0, Math.max(0, path.lastIndexOf(GraphStore.SEPARATOR)));
        if (!above.isEmpty() && !wire.tree().find(above).isPresent() && !new GraphFolder(wire, above).create(type)) {
            return false;
        }
        String target = above.isEmpty()
                ? client.path("mailFolders")
                : client.path("mailFolders", wire.tree().parentId(above), "childFolders");
        client.done(GraphRequest.post(target, Map.of("displayName", getName())), client.turn());
        tell(folder -> folder.notifyFolderListeners(FolderEvent.CREATED));
        return true;
    }

    @Override
    public boolean delete(boolean recurse) throws MessagingException {
        requireClosed();
        FolderNode gone = lookedUp();
        if (!recurse && gone.children() > 0) {
            return false;
        }
        client.done(GraphRequest.delete(client.path("mailFolders", gone.id())), client.turn());
        wire.tree().forget();
        tell(folder -> folder.notifyFolderListeners(FolderEvent.DELETED));
        return true;
    }

    @Override
    public boolean renameTo(Folder other) throws MessagingException {
        requireClosed();
        FolderNode moved = lookedUp();
        String to = other.getFullName();
        String above = to.substring(0, Math.max(0, to.lastIndexOf(GraphStore.SEPARATOR)));
        if (!above.equals(path.substring(0, Math.max(0, path.lastIndexOf(GraphStore.SEPARATOR))))) {
            client.done(
                    GraphRequest.post(
                            client.path("mailFolders", moved.id(), "move"),
                            Map.of("destinationId", wire.tree().parentId(above))),
                    client.turn());
        }
        String name = to.substring(to.lastIndexOf(GraphStore.SEPARATOR) + 1);
        if (!name.equals(getName())) {
            client.done(
                    GraphRequest.patch(client.path("mailFolders", moved.id()), Map.of("displayName", name)),
                    client.turn());
        }
        wire.tree().forget();
        Folder renamed = other instanceof WireFolder ours && ours.owner() != null ? ours.owner() : other;
        tell(folder -> folder.notifyFolderRenamedListeners(renamed));
        return true;
    }

    private void requireClosed() {
        if (open) {
            throw new IllegalStateException("the folder " + path + " is open");
        }
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
        openings++;
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
                removed(deleted());
            }
        } finally {
            open = false;
            unmarked.clear();
            given.clear();
            found.clear();
            List<Spool> all = List.copyOf(spools);
            spools.clear();
            all.forEach(this::discard);
            tell(folder -> folder.notifyConnectionListeners(ConnectionEvent.CLOSED));
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    int openings() {
        return openings;
    }

    /** A message is of one opening of its folder. */
    void requireOpening(int opening) {
        if (!open || opening != openings) {
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
        return numbered(number, index.known(number));
    }

    /** The one that applications have of a number, or a new one. */
    private GraphMessage numbered(int number, Item item) {
        GraphMessage present = held(given.get(number));
        if (present == null) {
            present = item == null ? null : held(found.remove(item));
            if (present == null) {
                present = new GraphMessage(this, number, item);
            } else {
                present.number(number);
            }
            given.put(number, new WeakReference<>(present));
        }
        return present;
    }

    private static GraphMessage held(Reference<GraphMessage> reference) {
        return reference == null ? null : reference.get();
    }

    /** As many as are known; {@link #getMessageCount} asks for more. */
    @Override
    public synchronized Message[] getMessages() throws MessagingException {
        requireOpened();
        return index.size() == 0 ? new Message[0] : getMessages(1, index.size());
    }

    Item item(int number) throws MessagingException {
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

    Spool mime(Item item) throws MessagingException {
        Spool spool = new Spool();
        boolean whole = false;
        try {
            client.read(
                    GraphRequest.get(client.path("messages", item.id(), "$value")),
                    client.turn(),
                    content -> copied(content, spool));
            whole = true;
        } catch (RefusedException refused) {
            if (refused.reply().status() == 404) {
                item.goes();
                throw new MessageRemovedException("the message was removed", refused);
            }
            throw refused;
        } finally {
            if (!whole) {
                discard(spool);
            }
        }
        if (!kept(spool)) {
            discard(spool);
            requireOpened(); // Which it is not.
        }
        return spool;
    }

    /** Whether it will be closed with this folder, which somebody may have closed meanwhile. */
    private synchronized boolean kept(Spool spool) {
        return open && (!spool.filed() || spools.add(spool));
    }

    /** All of it, also after a connection that has ended in the middle. */
    private static void copied(InputStream content, Spool spool) throws IOException {
        spool.restart();
        content.transferTo(spool);
    }

    void discard(Spool spool) {
        try {
            spool.close();
        } catch (IOException remains) {
            System.getLogger(GraphFolder.class.getName())
                    .log(System.Logger.Level.DEBUG, "a file of a message could not be removed", remains);
        }
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
            new MessageBatch(client).run(all, change(item -> Map.of("isRead", true)), true, GraphFolder::noted);
        }
    }

    private static void noted(Item item, boolean found) {
        if (!found) {
            item.goes();
        }
    }

    /** What a change of one message says. */
    @FunctionalInterface
    private interface Change {
        Map<String, Object> of(Item item);
    }

    private static MessageBatch.Step change(Change change) {
        return new Done("PATCH", "", change);
    }

    private record Done(String method, String below, Change change) implements MessageBatch.Step {
        @Override
        public Map<String, Object> body(Item item) {
            return change.of(item);
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
            if (!shown(old).equals(shown(item.flags()))) {
                unmarked.remove(item);
                before.putIfAbsent(item, old);
            }
        }
        tell(folder -> folder.marks(changed, set));
        if (!before.isEmpty()) {
            marked(before);
        }
        for (Message message : messages) {
            tell(folder -> folder.notifyMessageChangedListeners(MessageChangedEvent.FLAGS_CHANGED, message));
        }
    }

    /** What Graph does not take is as it was. */
    private void marked(Map<Item, Flags> before) throws MessagingException {
        try {
            new MessageBatch(client)
                    .run(List.copyOf(before.keySet()), change(item -> shown(item.flags())), true, (item, found) -> {
                        noted(item, found);
                        before.remove(item);
                    });
        } finally {
            before.forEach(Item::flagged);
        }
    }

    private static Map<String, Object> shown(Flags flags) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("isRead", flags.contains(Flags.Flag.SEEN));
        shown.put("flag", Map.of("flagStatus", flags.contains(Flags.Flag.FLAGGED) ? "flagged" : "notFlagged"));
        shown.put("categories", List.of(flags.getUserFlags()));
        return shown;
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
        removed(deleted());
        return settled();
    }

    private void removed(List<Item> items) throws MessagingException {
        new MessageBatch(client)
                .run(items, new Done("DELETE", "", item -> Map.of()), true, (item, found) -> item.goes());
    }

    /** Those that are gone leave, and the others move up. */
    private Message[] settled() {
        List<Message> gone = new ArrayList<>();
        Map<Integer, Reference<GraphMessage>> left = new HashMap<>();
        int next = 1;
        int size = index.size();
        for (int number = 1; number <= size; number++) {
            Item item = index.known(number);
            GraphMessage message = held(given.get(number));
            if (item != null && item.gone()) {
                GraphMessage told = message == null ? new GraphMessage(this, number, item) : message;
                told.removed();
                gone.add(told);
            } else {
                if (message != null) {
                    message.number(next);
                    left.put(next, new WeakReference<>(message));
                }
                next++;
            }
        }
        index.expunged();
        given.clear();
        given.putAll(left);
        found.values().stream().map(GraphFolder::held).filter(Objects::nonNull).forEach(each -> each.number(0));
        Message[] all = gone.toArray(Message[]::new);
        if (all.length > 0) {
            tell(folder -> folder.notifyMessageRemovedListeners(true, all));
        }
        return all;
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
        new MessageBatch(client)
                .run(
                        items(messages),
                        new Done("POST", "/move", item -> Map.of("destinationId", destination)),
                        true,
                        (item, found) -> item.goes());
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
        new MessageBatch(client)
                .run(
                        items(messages),
                        new Done("POST", "/copy", item -> Map.of("destinationId", destination)),
                        false,
                        GraphFolder::noted);
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
            all.add(message(item));
        }
        return all.toArray(Message[]::new);
    }

    private Message message(Item item) {
        int number = index.knownNumber(item);
        if (number > 0) {
            return numbered(number, item);
        }
        GraphMessage present = held(found.get(item));
        if (present == null) {
            present = new GraphMessage(this, 0, item);
            found.put(item, new WeakReference<>(present));
        }
        return present;
    }

    // UIDs.

    @Override
    public long getUIDValidity() throws MessagingException {
        return GraphUid.validity(lookedUp().id());
    }

    @Override
    public synchronized Message getMessageByUID(long uid) throws MessagingException {
        requireOpened();
        return index.byUid(uid).map(this::message).orElse(null);
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
