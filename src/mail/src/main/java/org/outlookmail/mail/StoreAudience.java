package org.outlookmail.mail;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;

/**
 * The stores that read over a connection, and hear what happens to its login. It keeps none that its application forgot;
 * those of an application leave when it gives the connection back.
 *
 * <p>Thread rule: free for any thread.
 */
public final class StoreAudience {

    private final Set<MailboxStore> stores =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    void join(MailboxStore store) {
        stores.add(store);
    }

    void leave() {
        stores.clear();
    }

    /** The server has hung up. */
    public void lost() {
        each(MailboxStore::lost);
    }

    /** There is a login. */
    void found() {
        each(MailboxStore::found);
    }

    /**
     * The server has said something that concerns the user (RFC 3501, section 7.1, ALERT).
     *
     * @param type of a {@code StoreEvent}
     */
    public void said(int type, String message) {
        each(store -> store.said(type, message));
    }

    private void each(Consumer<MailboxStore> told) {
        List<MailboxStore> present;
        synchronized (stores) {
            present = List.copyOf(stores);
        }
        present.forEach(told);
    }
}
