package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The folders of a store that were opened, so that those an application forgot can be closed when it gives the connection
 * back.
 *
 * <p>Thread rule: free for any thread.
 */
public final class FolderBook {

    private final Set<WireFolder> folders = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    public void known(WireFolder folder) {
        folders.add(folder);
    }

    /**
     * Closes what is still open, without expunging; all of it, even if one of them fails.
     *
     * @return the full names of the folders that were open
     * @throws MessagingException if the server or the connection refuses
     */
    public List<String> closeAll() throws MessagingException {
        List<WireFolder> known;
        synchronized (folders) {
            known = List.copyOf(folders);
            folders.clear();
        }
        List<String> wereOpen = new ArrayList<>();
        MessagingException failure = null;
        for (WireFolder folder : known) {
            if (folder.opened()) {
                wereOpen.add(((Folder) folder).getFullName());
                try {
                    folder.takeBack();
                } catch (MessagingException broken) {
                    failure = broken;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return wereOpen;
    }
}
