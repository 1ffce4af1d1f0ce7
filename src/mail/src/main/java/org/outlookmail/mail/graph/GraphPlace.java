package org.outlookmail.mail.graph;

import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import jakarta.mail.event.FolderEvent;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.outlookmail.mail.MailboxFolder;
import org.outlookmail.mail.WireFolder;

/**
 * A place in the tree of a mailbox that is read over Graph: its name, what is below it, and how it is made, renamed and deleted.
 *
 * <p>Thread rule: as every {@code Folder}.
 */
abstract class GraphPlace extends Folder implements WireFolder {

    private final GraphStore wire;
    private final GraphClient client;
    private final String path;
    private volatile Reference<MailboxFolder> owner = new WeakReference<>(null);

    /** Empty for the root. */
    GraphPlace(GraphStore store, String path) {
        super(store);
        this.wire = store;
        this.client = store.client();
        this.path = path;
    }

    @Override
    public void beneath(MailboxFolder folder) {
        owner = new WeakReference<>(folder);
    }

    @Override
    public MailboxFolder owner() {
        return owner.get();
    }

    final void tell(Consumer<MailboxFolder> what) {
        MailboxFolder told = owner.get();
        if (told != null) {
            what.accept(told);
        }
    }

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

    final FolderNode lookedUp() throws MessagingException {
        return wire.tree()
                .find(path)
                .orElseThrow(() -> new FolderNotFoundException(this, "there is no folder " + path));
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

    final void requireClosed() {
        if (opened()) {
            throw new IllegalStateException("the folder " + path + " is open");
        }
    }
}
