package org.outlookmail.connector.session;

import jakarta.mail.Session;
import jakarta.resource.spi.ConnectionManager;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.outlookmail.connector.handle.ConnectionSource;
import org.outlookmail.connector.handle.MailboxRequest;

/**
 * The plain sessions of a factory, each made once: making one costs more than all the rest of a mail, since Jakarta Mail looks
 * for services through the whole class path. An application has its own, so that nothing which it changes in one (debugging,
 * properties, providers) reaches another application, and because Jakarta Mail takes parts of a session through the class loader
 * of the thread that makes it (Open Liberty shows this adapter's the names of such parts, and not the parts).
 *
 * <p>It keeps no application and no pool alive: both are held weakly, and the sessions, which know their pool, softly. The
 * managed connection factory holds it, for servers that make a new connection factory at each look-up.
 *
 * <p>Thread rule: free for any thread.
 */
public final class PooledSessions {

    /** Of one application, the least recently used go first; whoever sends as more mailboxes in turn makes them again. */
    public static final int MOST = 500;

    /**
     * One session.
     *
     * @param request which mailbox it borrows; null for the factory's own
     * @param from the address of that mailbox; null if it is not configured
     */
    private record Which(MailboxRequest request, String from) {}

    /** By the application's class loader, then by the pool. Guarded by this. */
    private final Map<ClassLoader, Map<ConnectionManager, Map<Which, SoftReference<Session>>>> made =
            new WeakHashMap<>();

    /**
     * The session of the application that the thread works for.
     *
     * @param request which mailbox; null for the factory's own
     * @param from the address of that mailbox, or null
     */
    public synchronized Session of(ConnectionSource source, MailboxRequest request, String from) {
        Map<Which, SoftReference<Session>> known = made.computeIfAbsent(
                        Thread.currentThread().getContextClassLoader(), application -> new WeakHashMap<>())
                .computeIfAbsent(source.manager(), pool -> new LeastRecentlyUsed());
        Which which = new Which(request, from);
        SoftReference<Session> present = known.get(which);
        Session session = present == null ? null : present.get();
        if (session == null) {
            session = PooledSession.of(source, request, from);
            known.put(which, new SoftReference<>(session));
        }
        return session;
    }

    /** Those that come are made anew; what applications hold goes on. */
    public synchronized void forget() {
        made.clear();
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<Which, SoftReference<Session>> {

        private static final long serialVersionUID = 1L;

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Which, SoftReference<Session>> eldest) {
            return size() > MOST;
        }
    }
}
