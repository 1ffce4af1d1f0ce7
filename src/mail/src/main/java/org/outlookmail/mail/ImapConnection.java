package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.ListInfo;

/**
 * Angus Mail's IMAP client (RFC 3501) that knows every folder it gave out, so that those an application forgot can be
 * closed when it gives the connection back.
 *
 * <p>Thread rule: one thread at a time.
 */
final class ImapConnection extends IMAPStore implements ServerLogin.Client {

    private final Set<IMAPFolder> folders = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile boolean open;

    ImapConnection(Session session, MailServer server) {
        super(
                session,
                new URLName(server.protocol(), server.host(), server.port(), null, null, null),
                server.protocol(),
                true);
    }

    @Override
    protected synchronized void setConnected(boolean connected) {
        open = connected;
        super.setConnected(connected);
    }

    @Override
    public boolean open() {
        return open;
    }

    /** Null: what an IMAP server answers stands in Angus Mail's exceptions. */
    @Override
    public String refusal() {
        return null;
    }

    @Override
    protected IMAPFolder newIMAPFolder(String fullName, char separator, Boolean isNamespace) {
        return known(super.newIMAPFolder(fullName, separator, isNamespace));
    }

    @Override
    protected IMAPFolder newIMAPFolder(ListInfo listed) {
        return known(super.newIMAPFolder(listed));
    }

    private IMAPFolder known(IMAPFolder folder) {
        folders.add(folder);
        return folder;
    }

    /**
     * Closes what is still open, without expunging.
     *
     * @return the full names of the folders that were open
     * @throws MessagingException if the server or the connection refuses
     */
    List<String> closeFolders() throws MessagingException {
        List<IMAPFolder> known;
        synchronized (folders) {
            known = List.copyOf(folders);
            folders.clear();
        }
        List<String> wereOpen = new ArrayList<>();
        for (Folder folder : known) {
            if (folder.isOpen()) {
                folder.close(false);
                wereOpen.add(folder.getFullName());
            }
        }
        return wereOpen;
    }
}
