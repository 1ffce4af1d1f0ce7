package org.outlookmail.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Availability.Deed;
import org.outlookmail.management.CacheSnapshot;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.EventLog;

/**
 * What the servers of a cluster share, for as long as its cache works, and what holds when it does not: tokens are then
 * this node's own ({@link #use} says so by an empty answer), and so are limits ({@link #useOrAlone}). That is told once,
 * and once more when the cache works again.
 *
 * <p>The cache is opened at first need, so that a server starts without waiting for the cluster, and opened anew when it
 * has died.
 *
 * <p>Thread rule: free for any thread. {@link #tick} is called about once a second by one thread and does no work there.
 * Whoever made it closes it.
 */
public final class Cluster implements AutoCloseable {

    /** A cache that could not be opened is not tried sooner again: Hazelcast takes seconds to fail. */
    public static final Duration REOPENING = Duration.ofMinutes(1);

    /**
     * So long after an opening has begun the callers wait for it, so that a server that starts takes part in the cluster with
     * its first mail; then they go on alone until it is there.
     */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** So long the end waits for an opening that is under way. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger(Cluster.class.getName());

    private final Supplier<CacheBackend> opener;
    private final EntryKeys keys;
    private final Executor executor;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Availability availability;
    private final ConnectorListener listener;
    private final AtomicBoolean foundNotAtomic = new AtomicBoolean();
    private final ConcurrentMap<String, String> own = new ConcurrentHashMap<>();
    private final SealedEntries alone;
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
    private final Sessions sessions;
    private final Bulletin bulletin;
    private final Semaphores semaphores;

    /** Held by the one who opens the cache or closes it. */
    private final ReentrantLock opening = new ReentrantLock();

    /** Guarded by opening. */
    private CacheBackend backend;

    /** Guarded by opening, and read without: null until the cache is opened. */
    private volatile Opened opened;

    /** When the opening that is under way began; empty if none is. */
    private volatile OptionalLong openingSince = OptionalLong.empty();

    private Throwable openingFailure;
    private Instant nextOpening = Instant.MIN;
    private volatile boolean closed;

    /** A cache that is open, as plain entries and as sealed ones. */
    private record Opened(CacheBackend backend, SharedEntries entries, SealedEntries sealed) {}

    /**
     * @param configuration where the cache is; not null
     * @param node this node's name, for people; not null
     * @param executor does what is done again and again; it may refuse. Not null
     * @param clock what time it is, about the same on all nodes; not null
     */
    public Cluster(CacheConfiguration configuration, String node, Executor executor, Clock clock) {
        this(configuration, node, executor, clock, EventLog.STANDARD);
    }

    /**
     * The same with somebody who is told when the cache fails and when it works again.
     *
     * @param listener not null
     */
    public Cluster(
            CacheConfiguration configuration, String node, Executor executor, Clock clock, ConnectorListener listener) {
        this(
                () -> CacheBackend.open(configuration),
                new EntryKeys(configuration.key(), configuration.previousKey()),
                node,
                executor,
                clock,
                System::nanoTime,
                listener);
    }

    /**
     * One that somebody else has opened, and closes.
     *
     * @param entries what is in it; not null
     * @param keys what seals it; not null
     */
    public static Cluster of(SharedEntries entries, EntryKeys keys, String node, Executor executor, Clock clock) {
        return of(entries, keys, node, executor, clock, System::nanoTime);
    }

    static Cluster of(
            SharedEntries entries, EntryKeys keys, String node, Executor executor, Clock clock, LongSupplier nanos) {
        return new Cluster(() -> CacheBackend.of(entries), keys, node, executor, clock, nanos, EventLog.STANDARD);
    }

    Cluster(
            Supplier<CacheBackend> opener,
            EntryKeys keys,
            String node,
            Executor executor,
            Clock clock,
            LongSupplier nanos,
            ConnectorListener listener) {
        this.opener = opener;
        this.listener = listener;
        this.availability = new Availability(listener);
        this.keys = keys;
        this.clock = clock;
        this.alone = new SealedEntries(SharedEntries.of(own), keys);
        this.executor = executor;
        this.nanos = nanos;
        this.sessions = new Sessions(this, node, executor, nanos);
        this.bulletin = new Bulletin(this, executor, clock, nanos);
        this.semaphores = new Semaphores(this, sessions, executor, clock, nanos);
    }

    /** The keys of its entries; never null. */
    public EntryKeys keys() {
        return keys;
    }

    /** This node's name, for people; never null. */
    public String node() {
        return sessions.node();
    }

    /** How it is at this moment; asks nobody. */
    public CacheSnapshot snapshot() {
        return new CacheSnapshot(node(), opened != null, availability.fails());
    }

    /** What the cache said; empty if it said nothing or has failed. */
    public <T> Optional<T> use(Function<SealedEntries, T> work) {
        try {
            return Optional.ofNullable(work.apply(opened().sealed()));
        } catch (RuntimeException | LinkageError failure) {
            // LinkageError: Hazelcast's jar may have been taken out of the archive.
            failed(failure);
            return Optional.empty();
        }
    }

    /** The same where nobody but this node may come between: as long as the cache fails, or cannot exclude others, alone. */
    <T> T useOrAlone(Function<SealedEntries, T> work) {
        try {
            Opened present = opened();
            if (excludes(present)) {
                T result = work.apply(present.sealed());
                if (!own.isEmpty()) {
                    own.clear(); // Whatever it said, the cluster says it now.
                }
                return result;
            }
        } catch (RuntimeException | LinkageError failure) {
            failed(failure);
        }
        return work.apply(alone);
    }

    /** What an operation itself has told already is told no more; a cache that does nothing well tells nothing. */
    private void failed(Throwable failure) {
        if (failure instanceof UnopenedException || availability.fails()) {
            LOG.log(Level.DEBUG, "the token cache failed", failure);
        } else {
            availability.failed(Deed.CHANGE, failure);
        }
    }

    /** It is not open, and nothing is wrong with it. */
    private static final class UnopenedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        UnopenedException(String why) {
            super(why);
        }
    }

    /** Whether it can exclude other nodes; if not, says once what to do. */
    private boolean excludes(Opened present) {
        boolean atomic = present.entries().atomic();
        if (!atomic && foundNotAtomic.compareAndSet(false, true)) {
            listener.onWarning(notAtomic("The limits of the mailboxes hold for this server alone."), false);
        }
        return atomic;
    }

    /** Why something that needs exclusivity is not done with this cache. */
    public static Diagnosis notAtomic(String summary) {
        return Diagnosis.of(DiagnosisCode.CLUSTER_MAP_NOT_ATOMIC, summary, Map.of());
    }

    /**
     * Whether of two nodes that change an entry at once only one succeeds.
     *
     * @return false for a map that cannot compare and replace in one step; true also while the cache fails
     */
    public boolean atomic() {
        try {
            return opened().entries().atomic();
        } catch (RuntimeException | LinkageError failure) {
            failed(failure);
            return true;
        }
    }

    /** A lease that nobody has yet. */
    public Lease lease(Place place, Duration life) {
        return new Lease(this, place, life, executor, clock, nanos);
    }

    /** A semaphore that all nodes count; the same object for the same place, while somebody uses it. */
    public Semaphore semaphore(Place place) {
        return semaphores.semaphore(place);
    }

    /** What the nodes call out to each other; never null. */
    public Bulletin bulletin() {
        return bulletin;
    }

    /** One text that all nodes change in turn; while the cache fails this node changes one of its own. */
    public SharedText text(Place place) {
        return new SharedText(this, place);
    }

    void held(Lease lease) {
        leases.add(lease);
    }

    void released(Lease lease) {
        leases.remove(lease);
    }

    /** Keeps alive what this node holds, and hears what others call out; the work is done by the executor. */
    public void tick() {
        leases.forEach(Lease::tick);
        if (opened == null) {
            return; // Nobody has needed it, so nothing of ours is in there.
        }
        sessions.tick();
        bulletin.tick();
        semaphores.tick();
    }

    private Opened opened() {
        Opened present = opened;
        return present != null && present.backend().alive() ? present : open();
    }

    /** One thread opens it; the others wait for that, but no longer than {@link #PATIENCE} after it began. */
    private Opened open() {
        if (!alone(patience())) {
            IllegalStateException late = new IllegalStateException(
                    "the token cache has been opening for more than " + PATIENCE.toSeconds() + " s");
            availability.failed(Deed.OPEN, late);
            throw late;
        }
        try {
            return openedAlone();
        } finally {
            leaveAlone();
        }
    }

    private Duration patience() {
        OptionalLong began = openingSince;
        return began.isEmpty() ? PATIENCE : PATIENCE.minusNanos(nanos.getAsLong() - began.getAsLong());
    }

    private boolean alone(Duration patience) {
        try {
            return opening.tryLock() || opening.tryLock(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnopenedException("interrupted while the token cache was being opened");
        }
    }

    /** Whoever leaves last after the end has come closes the cache: {@link #close} waits for nobody who opens it. */
    private void leaveAlone() {
        opening.unlock();
        if (closed && opening.tryLock()) {
            try {
                closeBackend();
            } finally {
                opening.unlock();
            }
        }
    }

    private Opened openedAlone() {
        if (closed) {
            throw new UnopenedException("the resource adapter has stopped");
        }
        if (opened != null && !opened.backend().alive()) {
            closeBackend();
        }
        if (opened == null) {
            Instant now = clock.instant();
            if (now.isBefore(nextOpening)) {
                throw new IllegalStateException("the token cache could not be opened", openingFailure);
            }
            openingSince = OptionalLong.of(nanos.getAsLong());
            try {
                backend = opener.get();
                SharedEntries entries = new WatchedEntries(backend.entries(), availability);
                opened = new Opened(backend, entries, new SealedEntries(entries, keys));
                availability.succeeded(Deed.OPEN);
                if (!backend.description().isEmpty()) {
                    listener.onSharedCacheOpened(backend.description());
                }
            } catch (RuntimeException | LinkageError failure) {
                availability.failed(Deed.OPEN, failure);
                openingFailure = failure;
                nextOpening = now.plus(REOPENING);
                throw failure;
            } finally {
                openingSince = OptionalLong.empty();
            }
        }
        return opened;
    }

    /**
     * Gives back what this node holds and leaves the cluster; what another thread is opening at this moment, it closes itself.
     * A second call does nothing.
     */
    @Override
    public void close() {
        if (opened != null) {
            leases.forEach(Lease::release);
            sessions.end();
        }
        closed = true;
        availability.ending();
        try {
            if (alone(CLOSING)) {
                leaveAlone();
            }
        } catch (UnopenedException interrupted) {
            LOG.log(Level.DEBUG, "whoever opens the token cache closes it", interrupted);
        }
    }

    private void closeBackend() {
        opened = null;
        if (backend != null) {
            backend.close();
            backend = null;
        }
    }
}
