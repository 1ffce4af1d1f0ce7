package org.outlookmail.connector.handle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Gives back what applications have borrowed, not closed, and can no longer reach. Servers do so by themselves at the end of
 * a request or transaction, but not always: Open Liberty never does for a stateless EJB without a transaction, and three such
 * calls were the end of a pool of three.
 *
 * <p>That nothing reaches it any more shows at a garbage collection. If somebody waits for a connection while others lie idle
 * in applications' hands, one is asked for, at most once a minute.
 *
 * <p>Thread rule: a timer of the server drives {@link #tick}, which waits for nothing; what may wait for a mail server happens
 * on a thread of the server. The resource adapter holds it.
 */
public final class ForgottenHandles {

    private static final Logger LOG = System.getLogger(ForgottenHandles.class.getName());

    /** Borrowing makes no network call: who is not served by then waits for somebody to give a connection back. */
    private static final long WAITED_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Who has not used a connection for so long may have forgotten it. */
    public static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long BETWEEN_COLLECTIONS_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** A call that waits for the server's pool. Compared by identity. */
    private static final class Borrower {
        private final Pool pool;
        private final long sinceNanos;

        Borrower(Pool pool, long sinceNanos) {
            this.pool = pool;
            this.sinceNanos = sinceNanos;
        }
    }

    private final OpenHandles open;
    private final Executor threads;
    private final Runnable collection;
    private final LongSupplier nanoTime;
    private final Set<Borrower> borrowers = ConcurrentHashMap.newKeySet();
    private final Queue<MailSessionHandle> forgotten = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private long collectedNanos;

    /**
     * @param threads the server's
     * @param collection asks the JVM for a garbage collection
     * @param nanoTime a monotonic clock
     */
    public ForgottenHandles(OpenHandles open, Executor threads, Runnable collection, LongSupplier nanoTime) {
        this.open = open;
        this.threads = threads;
        this.collection = collection;
        this.nanoTime = nanoTime;
        this.collectedNanos = nanoTime.getAsLong() - BETWEEN_COLLECTIONS_NANOS;
    }

    /** Somebody asks the server's pool for a connection, until he says {@link #served}. */
    public Object waiting(Pool pool) {
        Borrower borrower = new Borrower(pool, nanoTime.getAsLong());
        borrowers.add(borrower);
        return borrower;
    }

    /** He has got one, or has given up. */
    public void served(Object borrower) {
        borrowers.remove(borrower);
    }

    /** To be called each second or so. */
    public void tick() {
        open.unreachable(forgotten::add);
        boolean collect = collectionMayHelp();
        if ((collect || forgotten.stream().anyMatch(ForgottenHandles::mayBeClosed))
                && running.compareAndSet(false, true)) {
            boolean started = false;
            try {
                threads.execute(() -> run(collect));
                started = true;
            } finally {
                if (!started) {
                    running.set(false);
                }
            }
        }
    }

    private boolean collectionMayHelp() {
        long now = nanoTime.getAsLong();
        if (now - collectedNanos < BETWEEN_COLLECTIONS_NANOS) {
            return false;
        }
        boolean helps = borrowers.stream()
                .anyMatch(borrower ->
                        now - borrower.sinceNanos > WAITED_NANOS && open.hasUnused(borrower.pool, UNUSED_NANOS));
        if (helps) {
            collectedNanos = now;
        }
        return helps;
    }

    private void run(boolean collect) {
        try {
            if (collect) {
                collection.run();
            }
            forgotten.removeIf(handle -> mayBeClosed(handle) && close(handle));
        } finally {
            running.set(false);
        }
    }

    /** A transaction's end is the server's, and what waits for it must not be touched. */
    private static boolean mayBeClosed(MailSessionHandle handle) {
        return !handle.inTransaction();
    }

    private boolean close(MailSessionHandle handle) {
        try {
            if (open.forgotten(handle)) {
                handle.close();
            }
        } catch (RuntimeException atTheServer) {
            LOG.log(Level.WARNING, "the server did not take back " + handle, atTheServer);
        }
        return true;
    }
}
