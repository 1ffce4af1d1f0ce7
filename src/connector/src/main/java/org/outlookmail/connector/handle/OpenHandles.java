package org.outlookmail.connector.handle;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.management.ConnectorListener;

/**
 * Every handle that applications have and have not closed, with the place that opened it: what to tell when one is forgotten
 * and when a pool is exhausted. It knows a handle, not the {@link BorrowedSession} in the application's hand, and whether that
 * can still be reached.
 *
 * <p>Thread rule: free for any thread. The resource adapter holds it.
 */
public final class OpenHandles {

    /** Whoever leaks at so many places has other sorrows than one more line in the log. */
    private static final int MOST_PLACES = 100;

    private static final int MOST_TOLD = 10;

    /** Tells when the application can no longer reach what it holds. */
    private static final class Lease extends PhantomReference<BorrowedSession> {

        private final MailSessionHandle handle;

        Lease(BorrowedSession session, ReferenceQueue<BorrowedSession> unreachable) {
            super(session, unreachable);
            this.handle = session.handle();
        }
    }

    private final Map<MailSessionHandle, Lease> open = new ConcurrentHashMap<>();
    private final ReferenceQueue<BorrowedSession> unreachable = new ReferenceQueue<>();

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ConnectorListener listener;

    /**
     * @param listener is told of what was not closed; not null
     */
    public OpenHandles(ConnectorListener listener) {
        this.listener = listener;
    }

    /** What an application gets for a handle, for which the server gave {@code allocated}. */
    BorrowedSession lent(MailSessionHandle handle, Object allocated) {
        BorrowedSession session = new BorrowedSession(handle, allocated);
        open.put(handle, new Lease(session, unreachable));
        return session;
    }

    public void closed(MailSessionHandle handle) {
        Lease lease = open.remove(handle);
        if (lease != null) {
            lease.clear(); // Of no more interest to the garbage collector.
        }
    }

    /** Those that are open, and that since the last call nobody can close any more. */
    void unreachable(Consumer<MailSessionHandle> found) {
        for (Reference<?> next = unreachable.poll(); next != null; next = unreachable.poll()) {
            if (next instanceof Lease lease && open.containsKey(lease.handle)) {
                found.accept(lease.handle);
            }
        }
    }

    /** Whether any handle of a factory is open and in no call, and has not been for some time. */
    public boolean hasUnused(Pool pool, long nanos) {
        return open.keySet().stream().anyMatch(handle -> handle.isOf(pool) && handle.unusedFor(nanos));
    }

    /**
     * The application cannot reach a handle any more, and it is taken from it; whether it was open until now.
     */
    boolean forgotten(MailSessionHandle handle) {
        boolean first = open.containsKey(handle);
        if (first) {
            leaked(handle, "was not closed and nothing refers to it any more; its connection went back to the pool.");
        }
        return first;
    }

    /** The server took back what the application had not closed. */
    void leaked(MailSessionHandle handle) {
        leaked(handle, "was not closed; the server has taken its connection back.");
    }

    /** Told once a place. */
    private void leaked(MailSessionHandle handle, String how) {
        closed(handle);
        boolean first = told.size() < MOST_PLACES && told.add(handle.mailbox() + " " + handle.place());
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", handle.mailbox());
        details.put("openedAt", handle.place());
        details.put("openForMillis", Long.toString(handle.ageMillis()));
        Diagnosis leak = Diagnosis.of(
                DiagnosisCode.HANDLE_LEAKED,
                "A session of " + handle.mailbox() + " that " + handle.place() + " opened " + how,
                details);
        listener.onWarning(leak, !first);
    }

    /** Whether any handle of a factory is open. */
    boolean has(Pool pool) {
        return open.keySet().stream().anyMatch(handle -> handle.isOf(pool));
    }

    /** How many handles of a factory are open, and where the oldest were opened; for people. */
    Map<String, String> of(Pool pool) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put(
                "openHandles",
                Long.toString(open.keySet().stream()
                        .filter(handle -> handle.isOf(pool))
                        .count()));
        details.put(
                "openedAt",
                open.keySet().stream()
                        .filter(handle -> handle.isOf(pool))
                        .sorted(Comparator.comparingLong(MailSessionHandle::ageMillis)
                                .reversed())
                        .limit(MOST_TOLD)
                        .map(handle -> handle.place() + " " + handle.ageMillis() + " ms ago")
                        .collect(Collectors.joining("; ")));
        return details;
    }
}
