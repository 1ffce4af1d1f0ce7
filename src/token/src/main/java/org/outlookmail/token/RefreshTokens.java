package org.outlookmail.token;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.Lease;
import org.outlookmail.cluster.Place;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.EventLog;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.RefreshTokenHomes.UnreadableException;

/**
 * The refresh tokens of users who have signed in (RFC 6749, section 6). A provider may hand out a new one at each use and end
 * the old one, and some end the whole sign-in if an old one comes again, so one node at a time exchanges one, for as long as
 * that takes, and the newer of two always wins, wherever it lies.
 *
 * <p>Thread rule: free for any thread. Closed by {@link TokenService}.
 */
public final class RefreshTokens implements AutoCloseable {

    private static final long POLL_MILLIS = 50;

    /** How long a stop waits for an exchange: more than the default timeouts of a token request. */
    private static final Duration LAST_EXCHANGE = Duration.ofSeconds(75);

    private final Cluster cluster;
    private final RefreshTokenHomes homes;
    private final Map<Place, ReentrantLock> exchanging = new ConcurrentHashMap<>();
    private volatile boolean closed;

    RefreshTokens(Cluster cluster, Optional<DurableStore> store) {
        this(cluster, store, EventLog.STANDARD);
    }

    RefreshTokens(Cluster cluster, Optional<DurableStore> store, ConnectorListener listener) {
        this.cluster = cluster;
        this.homes = new RefreshTokenHomes(cluster, store, listener);
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
     * @throws TokenException if nobody has signed in, that cannot be said, or the provider refuses
     */
    public AccessToken exchange(TokenRequest request, Exchange exchange) throws TokenException {
        return alone(request, lease -> {
            Optional<RefreshTokenEntry> newest = newest(request);
            Secret refreshToken = current(request, newest).orElseThrow(() -> nobodySignedIn(request));
            Exchanged exchanged = exchange.apply(refreshToken);
            exchanged.refreshToken().ifPresent(fresh -> keep(request, newest, fresh, lease));
            return exchanged.accessToken();
        });
    }

    /**
     * Keeps a refresh token, such as that of a sign-in that has just been done; it replaces the one before everywhere.
     *
     * @param request whose; its credential is a {@link Credential.Delegated}
     * @param refreshToken the newest; not null
     * @throws TokenException if another server that exchanges the one before does not end
     */
    public void keep(TokenRequest request, Secret refreshToken) throws TokenException {
        alone(request, lease -> {
            // Whatever a store holds that cannot be read now, it is older than this.
            keep(request, known(request), refreshToken, lease);
            return null;
        });
    }

    /** Whether the store has not taken something yet. */
    boolean unsaved() {
        return homes.unsaved();
    }

    /** Tries once more to save that. */
    void saveAgain() {
        homes.saveAgain();
    }

    /** Lets an exchange end that is under way, so that what it brings is kept; after this there are no more. */
    @Override
    public void close() {
        closed = true;
        long started = System.nanoTime();
        for (ReentrantLock lock : exchanging.values()) {
            try {
                long left = LAST_EXCHANGE.toNanos() - (System.nanoTime() - started);
                if (lock.tryLock(Math.max(0, left), TimeUnit.NANOSECONDS)) {
                    lock.unlock();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        homes.saveAgain();
    }

    private Optional<RefreshTokenEntry> newest(TokenRequest request) throws TokenException {
        try {
            return homes.newest(place("refresh", request));
        } catch (UnreadableException unreadable) {
            Diagnosis why = unreadable.diagnosis();
            throw new TokenException(
                    new Diagnosis(
                            why.code(),
                            "No token for " + request.subject()
                                    + ": whether a user has signed in cannot be said, because the store of refresh tokens"
                                    + " cannot be read.",
                            why.likelyCause(),
                            why.cure(),
                            why.details()),
                    null,
                    unreadable);
        }
    }

    private Optional<RefreshTokenEntry> known(TokenRequest request) {
        try {
            return homes.newest(place("refresh", request));
        } catch (UnreadableException told) {
            return Optional.empty();
        }
    }

    /** The lease's number is later than all before; should they count from a clock that was ahead, so does this one. */
    private void keep(TokenRequest request, Optional<RefreshTokenEntry> before, Secret refreshToken, Lease lease) {
        long last = before.map(RefreshTokenEntry::number).orElse(0L);
        homes.keep(
                place("refresh", request),
                new RefreshTokenEntry(Math.max(lease.number(), last + 1), origin(request), refreshToken));
    }

    /** A name for the configured refresh token, if there is one, that reveals nothing of it. */
    private String origin(TokenRequest request) {
        Place place = place("refresh", request);
        return configured(request)
                .map(secret -> cluster.keys().sealing(place.material()).name("origin\n" + secret.reveal()))
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
    private Optional<Secret> current(TokenRequest request, Optional<RefreshTokenEntry> newest) {
        Optional<Secret> configured = configured(request);
        String origin = origin(request);
        return newest.filter(kept -> configured.isEmpty() || kept.origin().equals(origin))
                .map(RefreshTokenEntry::refreshToken)
                .or(() -> configured);
    }

    /** Of the user at this client, whatever the scope: one sign-in serves all of them. */
    private static Place place(String kind, TokenRequest request) {
        String identity = String.join(
                "\n",
                request.tokenEndpoint().toString(),
                request.tenantId(),
                request.clientId(),
                request.credential().user());
        return Place.lasting(kind, identity);
    }

    /** Something that nobody else in the cluster does meanwhile. */
    @FunctionalInterface
    private interface Deed<T> {
        T run(Lease lease) throws TokenException;
    }

    private <T> T alone(TokenRequest request, Deed<T> deed) throws TokenException {
        Place place = place("exchange", request);
        ReentrantLock ours = exchanging.computeIfAbsent(place, user -> new ReentrantLock());
        ours.lock();
        try {
            if (closed) {
                throw failure(request, DiagnosisCode.SESSION_TAKEN_BACK, "the resource adapter stops", null);
            }
            if (!homes.exclusive()) {
                throw new TokenException(
                        Cluster.notAtomic("No token for " + request.subject()
                                + ": two servers could use its refresh token at once, and a provider may end the sign-in"
                                + " for that."),
                        null,
                        null);
            }
            Lease lease = cluster.lease(Place.ofAll(place.kind(), place.identity()), TokenFetch.LEASE);
            acquire(request, lease);
            try {
                return deed.run(lease);
            } finally {
                lease.release();
            }
        } finally {
            ours.unlock();
        }
    }

    /** Waits for another node that exchanges this user's token, however long that takes it, but not for a dead one. */
    private static void acquire(TokenRequest request, Lease lease) throws TokenException {
        long started = System.nanoTime();
        while (!lease.acquire()) {
            if (System.nanoTime() - started > TokenFetch.LONGEST_WAIT.toNanos()) {
                throw failure(
                        request,
                        DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE,
                        "another server that refreshes it has not finished",
                        null);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw failure(
                        request,
                        DiagnosisCode.INTERRUPTED,
                        "the thread was interrupted while it waited for another server that refreshes it",
                        interrupted);
            }
        }
    }

    private static TokenException failure(
            TokenRequest request, DiagnosisCode code, String why, InterruptedException cause) {
        return new TokenException(
                Diagnosis.of(code, "No token for " + request.subject() + ": " + why + ".", Map.of()), null, cause);
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
