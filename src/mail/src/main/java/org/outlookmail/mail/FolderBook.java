package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The folders of a store that may be open, so that those an application forgot can be closed when it gives the connection
 * back.
 *
 * <p>Thread rule: free for any thread.
 */
final class FolderBook {

    private final Set<Folder> folders = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    <F extends Folder> F known(F folder) {
        folders.add(folder);
        return folder;
    }

    /**
     * Closes what is still open, without expunging.
     *
     * @return the full names of the folders that were open
     * @throws MessagingException if the server or the connection refuses
     */
    List<String> closeAll() throws MessagingException {
        List<Folder> known;
        synchronized (folders) {
            known = List.copyOf(folders);
            folders.clear();
        }
        List<String> wereOpen = new ArrayList<>();
        for (Folder folder : known) {
            if (folder.isOpen()) {
                close(folder);
                wereOpen.add(folder.getFullName());
            }
        }
        return wereOpen;
    }

    private static void close(Folder folder) throws MessagingException {
        if (folder instanceof ReportedFolder ours) {
            ours.takeBack();
        } else {
            folder.close(false);
        }
    }
}
