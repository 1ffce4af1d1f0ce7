package org.outlookmail.token;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OneLine;
import org.outlookmail.cluster.EntryCipher;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.Lease;
import org.outlookmail.cluster.SealedEntries;
import org.outlookmail.cluster.SealedEntries.Place;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.secret.Secret;

/**
 * The refresh tokens of users who have signed in (RFC 6749, section 6): sealed, in the cluster's cache and in a durable
 * store. A provider may hand out a new one at each use and end the old one, so one node at a time exchanges one, and the
 * newer of two always wins, wherever it lies.
 *
 * <p>Thread rule: free for any thread.
 */
public final class RefreshTokens {

    private static final Logger LOG = System.getLogger(RefreshTokens.class.getName());

    private static final long POLL_MILLIS = 50;

    /** The entries belong to whoever has the key; there is no credential. */
    private static final Secret NOTHING = Secret.of("");

    private final Supplier<SealedEntries> cluster;
    private final EntryKeys keys;
    private final Optional<DurableStore> store;
    private final Clock clock;
    private final Map<Place, ReentrantLock> exchanging = new ConcurrentHashMap<>();
    private final AtomicBoolean storeFails = new AtomicBoolean();

    RefreshTokens(Supplier<SealedEntries> cluster, EntryKeys keys, Optional<DurableStore> store, Clock clock) {
        this.cluster = cluster;
        this.keys = keys;
        this.store = store;
        this.clock = clock;
    }

    /** What came back for a refresh token: an access token and perhaps another refresh token. */
    public record Exchanged(AccessToken accessToken, Optional<Secret> refreshToken) {}

    /** A request to the provider. */
    @FunctionalInterface
    public interface Exchange {
        /**
         * Exchanges a refresh token.
         *
         * @throws TokenException if the provider refuses
         */
        Exchanged apply(Secret refreshToken) throws TokenException;
    }

    /**
     * Exchanges the user's refresh token while nobody else in the cluster does, and keeps what came back.
     *
     * @param request whose; its credential is a {@link Credential.Delegated}
     * @param exchange asks the provider
     * @throws TokenException if nobody has signed in, or the provider refuses
     */
    public AccessToken exchange(TokenRequest request, Exchange exchange) throws TokenException {
        ReentrantLock ours = exchanging.computeIfAbsent(place("exchange", request), user -> new ReentrantLock());
        ours.lock();
        try {
            Lease lease = lease(request);
            try {
                Secret refreshToken = current(request).orElseThrow(() -> nobodySignedIn(request));
                Exchanged exchanged = exchange.apply(refreshToken);
                exchanged.refreshToken().ifPresent(fresh -> keep(request, fresh));
                return exchanged.accessToken();
            } finally {
                release(lease);
            }
        } finally {
            ours.unlock();
        }
    }

    /**
     * Keeps a refresh token, such as that of a sign-in that has just been done; it replaces the one before everywhere.
     *
     * @param request whose; its credential is a {@link Credential.Delegated}
     * @param refreshToken the newest; not null
     */
    public void keep(TokenRequest request, Secret refreshToken) {
        Entry entry = new Entry(newest(request).map(Entry::number).orElse(0L) + 1, origin(request), refreshToken);
        save(request, entry);
        share(request, entry);
    }

    /** A name for the configured refresh token, if there is one, that reveals nothing of it. */
    private String origin(TokenRequest request) {
        return configured(request)
                .map(secret -> keys.sealing(NOTHING).name("origin\n" + secret.reveal()))
                .orElse("");
    }

    private static Optional<Secret> configured(TokenRequest request) {
        return request.credential() instanceof Credential.Delegated delegated
                ? delegated.refreshToken()
                : Optional.empty();
    }

    /**
     * What is kept, unless an administrator has configured another refresh token since: that one is newer than what the old
     * one became.
     */
    private Optional<Secret> current(TokenRequest request) {
        Optional<Secret> configured = configured(request);
        String origin = origin(request);
        return newest(request)
                .filter(kept -> configured.isEmpty() || kept.origin().equals(origin))
                .map(Entry::refreshToken)
                .or(() -> configured);
    }

    /** The newer of what the cluster and the store hold; whichever was behind is brought up to date. */
    private Optional<Entry> newest(TokenRequest request) {
        Optional<Entry> shared = shared(request);
        Optional<Entry> stored = stored(request);
        long inCluster = shared.map(Entry::number).orElse(-1L);
        long inStore = stored.map(Entry::number).orElse(-1L);
        if (inCluster > inStore) {
            save(request, shared.get());
        } else if (inStore > inCluster) {
            share(request, stored.get());
        }
        return inStore > inCluster ? stored : shared;
    }

    /**
     * A refresh token and its place in the sequence of those of one user.
     *
     * @param origin a name for the configured token that was there when this one was obtained; perhaps empty
     */
    private record Entry(long number, String origin, Secret refreshToken) {

        private static final int FIELDS = 3;

        String write() {
            return number + "\n" + origin + "\n" + refreshToken.reveal();
        }

        static Optional<Entry> read(String text) {
            String[] fields = text.split("\n", FIELDS);
            return fields.length == FIELDS && fields[0].matches("\\d{1,18}")
                    ? Optional.of(new Entry(Long.parseLong(fields[0]), fields[1], Secret.of(fields[2])))
                    : Optional.empty();
        }
    }

    /** Of the user at this client, whatever the scope: one sign-in serves all of them. */
    private static Place place(String kind, TokenRequest request) {
        String identity = String.join(
                "\n",
                request.tokenEndpoint().toString(),
                request.tenantId(),
                request.clientId(),
                request.credential().user());
        return new Place(kind, identity, NOTHING);
    }

    private Optional<Entry> shared(TokenRequest request) {
        return inCluster(entries -> entries.get(place("refresh", request))).flatMap(text -> text.flatMap(Entry::read));
    }

    private void share(TokenRequest request, Entry entry) {
        inCluster(entries -> {
            entries.put(place("refresh", request), entry.write());
            return Boolean.TRUE;
        });
    }

    /** The cache's own failures are told by {@link ClusterAccess}, which comes by here for every token too. */
    private <T> Optional<T> inCluster(Function<SealedEntries, T> work) {
        try {
            return Optional.ofNullable(work.apply(cluster.get()));
        } catch (RuntimeException | LinkageError failure) {
            LOG.log(Level.DEBUG, "the token cache failed", OneLine.cause(failure));
            return Optional.empty();
        }
    }

    private Optional<Entry> stored(TokenRequest request) {
        if (store.isEmpty()) {
            return Optional.empty();
        }
        try {
            Place place = place("refresh", request);
            for (EntryCipher cipher : keys.opening(NOTHING)) {
                String name = place.name(cipher);
                Optional<String> text = store.get().load(name).flatMap(hidden -> cipher.open(name, hidden));
                if (text.isPresent()) {
                    storeWorks();
                    return text.flatMap(Entry::read);
                }
            }
            storeWorks();
        } catch (IOException failure) {
            complain("cannot be read", failure);
        }
        return Optional.empty();
    }

    private void save(TokenRequest request, Entry entry) {
        if (store.isEmpty()) {
            return;
        }
        try {
            EntryCipher cipher = keys.sealing(NOTHING);
            String name = place("refresh", request).name(cipher);
            store.get().save(name, cipher.seal(name, entry.write()));
            storeWorks();
        } catch (IOException failure) {
            complain("cannot be written; a sign-in survives only while a server of the cluster runs", failure);
        }
    }

    private void complain(String what, IOException failure) {
        if (storeFails.compareAndSet(false, true)) {
            Diagnosis diagnosis = Diagnosis.of(
                    DiagnosisCode.TOKEN_STORE_UNUSABLE,
                    "The store of refresh tokens " + what + ".",
                    Map.of("store", String.valueOf(store.get()), "reason", String.valueOf(failure.getMessage())));
            LOG.log(Level.WARNING, diagnosis.toString(), OneLine.cause(failure));
        }
    }

    private void storeWorks() {
        if (storeFails.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "The store of refresh tokens works again.");
        }
    }

    /** Waits for another node that exchanges this user's token, but not for one that has died. */
    private Lease lease(TokenRequest request) throws TokenException {
        Optional<Lease> lease = inCluster(entries -> entries.lease(place("exchange", request)));
        if (lease.isEmpty()) {
            return null;
        }
        long started = System.nanoTime();
        while (!inCluster(entries -> lease.get().acquire(clock.instant(), TokenFetch.LEASE))
                .orElse(Boolean.TRUE)) {
            if (System.nanoTime() - started > TokenFetch.LONGEST_WAIT.toNanos()) {
                return null; // its holder renews nothing, so this cannot last; go on rather than stop mail
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new TokenException(
                        Diagnosis.of(
                                DiagnosisCode.INTERRUPTED,
                                "No token for " + request.subject() + ": the thread was interrupted while it waited for"
                                        + " another server that refreshes it.",
                                Map.of()),
                        null,
                        interrupted);
            }
        }
        return lease.get();
    }

    private void release(Lease lease) {
        if (lease != null) {
            inCluster(entries -> {
                lease.release();
                return Boolean.TRUE;
            });
        }
    }

    private static TokenException nobodySignedIn(TokenRequest request) {
        return new TokenException(
                Diagnosis.of(
                        DiagnosisCode.SIGN_IN_MISSING,
                        "No token for " + request.subject() + ": there is no refresh token for this mailbox.",
                        Map.of("tokenEndpoint", request.tokenEndpoint().toString())),
                null,
                null);
    }
}
