package org.outlookmail.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.TokenSnapshot;
import org.outlookmail.secret.Secret;

/**
 * The way of a token: near cache (this JVM, in clear) → cluster cache (sealed) → one thread of this JVM → one node of the
 * cluster → the grant. What is in use is replaced before it ends, off the callers' path. A cluster cache that fails never
 * stops mail: the node goes on with tokens of its own.
 *
 * <p>Thread rule: free for any thread. It owns nothing that needs closing; {@link TokenService} does.
 */
public final class TokenSource {

    private static final Logger LOG = System.getLogger(TokenSource.class.getName());

    /**
     * A token is given out while it has more than this to live (or a quarter of its life, if that is less): long enough
     * for a login and for clocks that differ. Entra's tokens live 60 to 90 minutes.
     */
    static final Duration MARGIN = Duration.ofMinutes(3);

    /** How often one who waits for the end of a pause looks whether another node had a token sooner. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    /** How often credentials in files are looked at. */
    static final Duration LOOK = Duration.ofSeconds(5);

    private final SingleFlight flight = new SingleFlight(TokenFetch.LONGEST_WAIT);
    private final Set<TokenRequest> refreshing = ConcurrentHashMap.newKeySet();
    private final NearCache near;
    private final TokenFetch fetch;
    private final Executor executor;
    private final Clock clock;
    private Instant nextLook = Instant.MIN;

    /**
     * @param cluster what the nodes share; not null. It may fail, now and again
     * @param grant how a token is obtained; not null
     * @param executor runs refreshes; not null
     * @param clock what time it is; not null
     * @param jitter numbers from 0 to 1, another one each time; not null
     * @param listener is told of tokens that were asked for; not null
     */
    TokenSource(
            Cluster cluster,
            Grant grant,
            Executor executor,
            Clock clock,
            DoubleSupplier jitter,
            ConnectorListener listener) {
        this.near = new NearCache(MARGIN, clock, jitter);
        this.fetch =
                new TokenFetch(new ClusterTokenCache(cluster), grant, new Refusals(clock, jitter), clock, listener);
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * A token that is good for some minutes at least. From the cache it costs less than a microsecond; else the caller
     * waits for the cluster's cache and, at worst, for the identity provider.
     *
     * @param request which token; not null
     * @throws TokenException if none can be had, with the reason
     */
    public AccessToken token(TokenRequest request) throws TokenException {
        AccessToken cached = near.get(request);
        return cached == null ? fly(request, null) : cached;
    }

    /**
     * Another token for one that a mail server refused: it is forgotten, here and in the cluster, and asked for once more.
     * Another node that has it in its near cache comes here when it is refused there, and gets the same new one. After a
     * replacement there is a pause before the next, see {@link Replacement}; it belongs to the whole cluster.
     *
     * @param request which token; not null
     * @param rejected the one refused; not null
     * @param patience how long to wait for the end of that pause; not negative
     * @return empty if the pause lasts longer, see {@link #pausedUntil}
     * @throws TokenException if none can be had, with the reason
     */
    public Optional<AccessToken> replace(TokenRequest request, AccessToken rejected, Duration patience)
            throws TokenException {
        long started = System.nanoTime();
        while (true) {
            AccessToken token = fly(request, rejected);
            if (differs(token, rejected)) {
                return Optional.of(token);
            }
            Duration pause = pausedUntil(request)
                    .map(end -> Duration.between(clock.instant(), end))
                    .orElse(Duration.ZERO);
            boolean ended =
                    pause.isZero() || pause.isNegative(); // Another caller's flight has landed with this very one.
            if (!ended && pause.compareTo(patience.minusNanos(System.nanoTime() - started)) > 0) {
                return Optional.empty();
            }
            await(request, ended || pause.compareTo(GLANCE) < 0 ? pause : GLANCE, started);
        }
    }

    /**
     * From when a refused token may be replaced.
     *
     * @return empty if it may now, or if that cannot be said
     */
    public Optional<Instant> pausedUntil(TokenRequest request) {
        try {
            return fetch.pausedUntil(request, request.credential().material());
        } catch (TokenException unreadable) {
            return Optional.empty(); // The credential's file: whoever asks for the token is told.
        }
    }

    private static void await(TokenRequest request, Duration wait, long startedNanos) throws TokenException {
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted(request, startedNanos, interrupted);
        }
    }

    private static boolean differs(AccessToken one, AccessToken other) {
        return !one.secret().equals(other.secret());
    }

    /** Takes over a token that was obtained otherwise, here and in the cluster, whatever was refused before. */
    void signedIn(TokenRequest request, AccessToken token) throws TokenException {
        Secret material = request.credential().material();
        fetch.adopt(request, material, token);
        near.put(request, material, token, true);
    }

    /** The tokens at hand, without themselves; asks nobody. */
    public List<TokenSnapshot> snapshot() {
        return near.all().stream()
                .map(entry -> new TokenSnapshot(
                        entry.getKey().subject(),
                        entry.getKey().scope(),
                        entry.getValue().token().obtainedAt(),
                        entry.getValue().token().expiresAt()))
                .toList();
    }

    /**
     * Looks for tokens whose time for a refresh has come, and for credentials that have changed; cheap, to be called every
     * second by one thread. The work is done by the executor.
     */
    public void tick() {
        near.sweep();
        Instant now = clock.instant();
        boolean look = !now.isBefore(nextLook);
        if (look) {
            nextLook = now.plus(LOOK);
        }
        near.all().forEach(entry -> {
            TokenRequest request = entry.getKey();
            NearCache.Held held = entry.getValue();
            if ((held.due(now) || (look && request.credential().changes())) && refreshing.add(request)) {
                start(request, held);
            }
        });
    }

    private void start(TokenRequest request, NearCache.Held held) {
        try {
            executor.execute(() -> {
                try {
                    refresh(request, held);
                } finally {
                    refreshing.remove(request);
                }
            });
        } catch (RejectedExecutionException busy) {
            refreshing.remove(request);
            LOG.log(Level.DEBUG, "no thread to refresh a token; trying again", busy);
        }
    }

    /** A failure has been logged where it happened; the token at hand is used until its end, and the wait is respected. */
    private void refresh(TokenRequest request, NearCache.Held held) {
        try {
            Secret material = request.credential().material();
            boolean changed = !material.equals(held.material());
            if (changed || held.due(clock.instant())) {
                fetch.refresh(request, material, shared -> near.good(shared) && (changed || newer(shared, held)))
                        .ifPresent(token -> near.put(request, material, token, false));
            }
        } catch (TokenException refused) {
            LOG.log(
                    Level.DEBUG,
                    () -> "a refresh failed: " + refused.diagnosis().code());
        }
    }

    private static boolean newer(AccessToken shared, NearCache.Held held) {
        return shared.obtainedAt().isAfter(held.token().obtainedAt()) && differs(shared, held.token());
    }

    /** One thread of this JVM goes on; rejected is null unless a refused token is to be replaced. */
    private AccessToken fly(TokenRequest request, AccessToken rejected) throws TokenException {
        long started = System.nanoTime();
        try {
            return flight.fly(request, () -> landed(request, rejected));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted(request, started, interrupted);
        } catch (TimeoutException late) {
            throw waitedInVain(request, started, late);
        }
    }

    private AccessToken landed(TokenRequest request, AccessToken rejected)
            throws TokenException, InterruptedException, TimeoutException {
        // A flight that ended between the caller's look at the near cache and this one's start has done the work.
        AccessToken landed = near.get(request);
        if (landed != null && (rejected == null || differs(landed, rejected))) {
            return landed;
        }
        Secret material = request.credential().material();
        if (rejected != null && fetch.pausedUntil(request, material).isEmpty()) {
            near.remove(request, rejected); // From now on whoever wants a token joins this flight.
        }
        AccessToken token = fetch.fetch(
                request,
                material,
                shared -> near.good(shared) && (rejected == null || differs(shared, rejected)),
                rejected);
        if (rejected == null || differs(token, rejected)) {
            near.sweep();
            near.put(request, material, token, true);
        }
        return token;
    }

    private static TokenException waitedInVain(TokenRequest request, long startedNanos, Exception cause) {
        return noToken(
                request,
                "another thread or server that asks for it has not finished",
                "The token endpoint answers very slowly.",
                "Look at the messages of the server that asked; try again.",
                startedNanos,
                cause);
    }

    private static TokenException interrupted(TokenRequest request, long startedNanos, InterruptedException cause) {
        return new TokenException(
                Diagnosis.of(
                        DiagnosisCode.INTERRUPTED,
                        "No token for " + request.subject()
                                + ": the thread was interrupted while it waited for one that another thread or server asks"
                                + " for.",
                        details(request, startedNanos)),
                null,
                cause);
    }

    /** Nobody answered, so the code is the one for that; its usual cause, a wrong address, is unlikely here. */
    private static TokenException noToken(
            TokenRequest request, String what, String likelyCause, String cure, long startedNanos, Exception cause) {
        return new TokenException(
                new Diagnosis(
                        DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE,
                        "No token for " + request.subject() + ": " + what + ".",
                        likelyCause,
                        cure,
                        details(request, startedNanos)),
                null,
                cause);
    }

    private static Map<String, String> details(TokenRequest request, long startedNanos) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("tokenEndpoint", request.tokenEndpoint().toString());
        details.put("elapsedMillis", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos)));
        return details;
    }
}
