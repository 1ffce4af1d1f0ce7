package org.outlookmail.mail.graph;

import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import java.util.Properties;
import org.outlookmail.mail.FolderBook;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.WireStore;

/**
 * A mailbox that is read over Graph, beneath the stores of applications. There is no login that could end.
 *
 * <p>Thread rule: free for any thread.
 */
final class GraphStore extends Store implements WireStore {

    static final char SEPARATOR = '/';

    private final GraphClient client;
    private final GraphSettings settings;
    private final FolderTree tree;
    private final FolderBook book = new FolderBook();
    private volatile boolean open = true;

    GraphStore(MailAccount account, GraphClient client) {
        super(
                Session.getInstance(new Properties()),
                new URLName(
                        account.in().server().protocol(),
                        account.in().server().host(),
                        account.in().server().port(),
                        null,
                        account.mailbox(),
                        null));
        this.client = client;
        this.settings = GraphSettings.of(account);
        this.tree = new FolderTree(client);
        setConnected(true);
    }

    GraphClient client() {
        return client;
    }

    GraphSettings settings() {
        return settings;
    }

    FolderTree tree() {
        return tree;
    }

    FolderBook book() {
        return book;
    }

    @Override
    public Store store() {
        return this;
    }

    @Override
    public boolean open() {
        return open;
    }

    /** Nobody reads over it any more. */
    void ended() {
        open = false;
    }

    @Override
    public Folder getDefaultFolder() {
        return new GraphFolder(this, "");
    }

    @Override
    public Folder getFolder(String name) {
        String path = name.equalsIgnoreCase(FolderTree.INBOX) ? FolderTree.INBOX : name;
        return new GraphFolder(this, path);
    }

    @Override
    public Folder getFolder(URLName url) {
        return getFolder(url.getFile());
    }

    /** Another user's mailbox is another factory's. */
    @Override
    public Folder[] getUserNamespaces(String user) {
        return new Folder[0];
    }

    @Override
    public synchronized void close() {
        open = false;
        setConnected(false);
    }
}
