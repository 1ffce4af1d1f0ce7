package org.outlookmail.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * The way of a token: near cache (this JVM, in clear) → cluster cache (sealed) → one thread of this JVM → one node of the
 * cluster → the grant. A cluster cache that fails never stops mail: the node goes on with tokens of its own.
 *
 * <p>Thread rule: free for any thread. It owns nothing that needs closing; {@link TokenService} does.
 */
public final class TokenSource {

    private static final Logger LOG = System.getLogger(TokenSource.class.getName());

    /**
     * A token is replaced when it has less than this to live: long enough for a login and for clocks that differ.
     * Entra's tokens live 60 to 90 minutes.
     */
    static final Duration MARGIN = Duration.ofMinutes(3);

    /**
     * So long others wait for a node that died while it asked. Entra answers in well under a second; a request slower
     * than this may be made by a second node too, which costs that request and nothing else.
     */
    static final Duration LEASE = Duration.ofSeconds(20);

    /**
     * More than a dead node's lease and a token request with the default timeouts (10 s to connect, 60 s to read)
     * together, so that those who wait learn the reason of a failure from the one who asked.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(100);

    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<TokenRequest, AccessToken> near = new ConcurrentHashMap<>();
    private final SingleFlight flight = new SingleFlight(LONGEST_WAIT);
    private final AtomicBoolean clusterFails = new AtomicBoolean();
    private final Refusals refusals;
    private final Supplier<ClusterTokenCache> cluster;
    private final Grant grant;
    private final Clock clock;

    /**
     * @param cluster opens the cluster's cache at first need; not null. It may fail, now and again
     * @param grant how a token is obtained; not null
     * @param clock what time it is; not null
     */
    TokenSource(Supplier<ClusterTokenCache> cluster, Grant grant, Clock clock) {
        this.cluster = cluster;
        this.grant = grant;
        this.clock = clock;
        this.refusals = new Refusals(clock);
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
        if (cached != null && good(cached)) {
            return cached;
        }
        long started = System.nanoTime();
        try {
            return flight.fly(request, () -> landed(request));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted(request, started, interrupted);
        } catch (TimeoutException late) {
            throw waitedInVain(request, started, late);
        }
    }

    /**
     * Forgets a token that a mail server refused, here and in the cluster, so that the next call asks for a new one.
     * Another node that has it in its near cache forgets it when it is refused there.
     *
     * @param request which token; not null
     * @param rejected the one refused; not null. A newer one that somebody has fetched meanwhile stays
     */
    public void invalidate(TokenRequest request, AccessToken rejected) {
        // The cluster first: else a thread that finds the near cache empty fetches the same token from there.
        inCluster(cache -> {
            cache.remove(request, rejected);
            return Boolean.TRUE;
        });
        near.computeIfPresent(request, (same, held) -> held.value().equals(rejected.value()) ? null : held);
    }

    private AccessToken landed(TokenRequest request) throws TokenException, InterruptedException {
        // A flight that ended between the caller's look at the near cache and this one's start has done the work.
        AccessToken landed = near.get(request);
        if (landed != null && good(landed)) {
            return landed;
        }
        Optional<TokenException> refusal = refusals.standing(request);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        AccessToken token = fromCluster(request);
        near.values().removeIf(old -> !good(old)); // what nobody asks for any more, such as an old secret's token
        near.put(request, token);
        return token;
    }

    private boolean good(AccessToken token) {
        return token.livesFor(clock.instant(), MARGIN);
    }

    /** Reads the shared token, or takes the lease and asks for one, or waits for the node that has the lease. */
    private AccessToken fromCluster(TokenRequest request) throws TokenException, InterruptedException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < LONGEST_WAIT.toNanos()) {
            Optional<AccessToken> shared = shared(request);
            if (shared.isPresent()) {
                return shared.get();
            }
            ClusterLease lease = inCluster(cache -> cache.lease(request)).orElse(null);
            boolean cutOff = lease == null;
            boolean ours = !cutOff
                    && inCluster(cache -> lease.acquire(clock.instant(), LEASE)).orElse(Boolean.TRUE);
            if (cutOff || ours) {
                return fetch(request, lease);
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        throw waitedInVain(request, started, null);
    }

    private AccessToken fetch(TokenRequest request, ClusterLease lease) throws TokenException {
        try {
            // Another node may have stored its token between our look and our lease.
            Optional<AccessToken> shared = shared(request);
            if (shared.isPresent()) {
                return shared.get();
            }
            AccessToken fresh = ask(request);
            inCluster(cache -> {
                cache.put(request, fresh);
                clusterWorks();
                return Boolean.TRUE;
            });
            return fresh;
        } finally {
            if (lease != null) {
                inCluster(cache -> {
                    lease.release();
                    return Boolean.TRUE;
                });
            }
        }
    }

    /** Asks the identity provider; a refusal is logged here, once, however many threads wait for the answer. */
    private AccessToken ask(TokenRequest request) throws TokenException {
        try {
            return grant.acquire(request);
        } catch (TokenException refusal) {
            LOG.log(Level.WARNING, refusal.diagnosis().toString());
            refusals.remember(request, refusal);
            throw refusal;
        }
    }

    private Optional<AccessToken> shared(TokenRequest request) {
        Optional<AccessToken> found =
                inCluster(cache -> cache.get(request)).flatMap(entry -> entry).filter(this::good);
        if (found.isPresent()) {
            clusterWorks();
        }
        return found;
    }

    /** A token has come from the cluster or gone there; lesser successes may alternate with failures. */
    private void clusterWorks() {
        if (clusterFails.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "The token cache works again; tokens are shared in the cluster.");
        }
    }

    /** Uses the cluster's cache; when it fails, says so once and goes on without. */
    private <T> Optional<T> inCluster(Function<ClusterTokenCache, T> use) {
        try {
            return Optional.ofNullable(use.apply(cluster.get()));
        } catch (RuntimeException | LinkageError failure) {
            // LinkageError: Hazelcast's jar may have been taken out of the archive.
            if (clusterFails.compareAndSet(false, true)) {
                Diagnosis diagnosis = Diagnosis.of(
                        DiagnosisCode.TOKEN_CACHE_UNUSABLE,
                        "The token cache failed; this server goes on with tokens of its own.",
                        Map.of("reason", String.valueOf(failure.getMessage())));
                LOG.log(Level.WARNING, diagnosis.toString(), failure);
            }
            return Optional.empty();
        }
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
        return noToken(
                request,
                "the thread was interrupted while it waited for another one that asks for it",
                "The server stops, or the application gave up.",
                "Try again.",
                startedNanos,
                cause);
    }

    /** Nobody answered, so the code is the one for that; its usual cause, a wrong address, is unlikely here. */
    private static TokenException noToken(
            TokenRequest request, String what, String likelyCause, String cure, long startedNanos, Exception cause) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("authority", request.authority().toString());
        details.put("elapsedMillis", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos)));
        return new TokenException(
                new Diagnosis(
                        DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE,
                        "No token for application " + request.clientId() + " of tenant " + request.tenantId() + ": "
                                + what + ".",
                        likelyCause,
                        cure,
                        details),
                null,
                cause);
    }
}
