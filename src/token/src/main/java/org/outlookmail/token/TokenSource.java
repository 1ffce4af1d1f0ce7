package org.outlookmail.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
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

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<TokenRequest, AccessToken> near = new ConcurrentHashMap<>();
    private final SingleFlight flight = new SingleFlight(LONGEST_WAIT);
    private final AtomicBoolean clusterFails = new AtomicBoolean();
    private final Supplier<ClusterTokenCache> cluster;
    private final Grant grant;
    private final Clock clock;

    /**
     * @param cluster opens the cluster's cache at first need
     * @param grant how a token is obtained
     * @param clock what time it is
     */
    TokenSource(Supplier<ClusterTokenCache> cluster, Grant grant, Clock clock) {
        this.cluster = cluster;
        this.grant = grant;
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
        if (cached != null && good(cached)) {
            return cached;
        }
        long started = System.nanoTime();
        try {
            return flight.fly(request, () -> remember(request, fromCluster(request)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw waitedInVain(request, started, interrupted);
        } catch (TimeoutException late) {
            throw waitedInVain(request, started, late);
        }
    }

    /**
     * Forgets a token that a mail server refused, here and in the cluster, so that the next call asks for a new one.
     *
     * @param request which token
     * @param rejected the one refused; a newer one that somebody has fetched meanwhile stays
     */
    public void invalidate(TokenRequest request, AccessToken rejected) {
        near.remove(request, rejected);
        inCluster(cache -> {
            cache.remove(request, rejected);
            return Boolean.TRUE;
        });
    }

    private AccessToken remember(TokenRequest request, AccessToken token) {
        near.keySet().removeIf(old -> !good(near.get(old)));
        near.put(request, token);
        return token;
    }

    private boolean good(AccessToken token) {
        return token != null && token.livesFor(clock.instant(), MARGIN);
    }

    /** Reads the shared token, or takes the lease and asks for one, or waits for the node that has the lease. */
    private AccessToken fromCluster(TokenRequest request) throws TokenException, InterruptedException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < LONGEST_WAIT.toNanos()) {
            Optional<AccessToken> shared = inCluster(cache -> cache.get(request))
                    .flatMap(found -> found)
                    .filter(this::good);
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
            Optional<AccessToken> shared = inCluster(cache -> cache.get(request))
                    .flatMap(found -> found)
                    .filter(this::good);
            if (shared.isPresent()) {
                return shared.get();
            }
            AccessToken fresh = grant.acquire(request);
            inCluster(cache -> {
                cache.put(request, fresh);
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

    /** Uses the cluster's cache; when it fails, says so once and goes on without. */
    private <T> Optional<T> inCluster(Function<ClusterTokenCache, T> use) {
        try {
            Optional<T> result = Optional.ofNullable(use.apply(cluster.get()));
            if (clusterFails.compareAndSet(true, false)) {
                LOG.log(Level.INFO, "The token cache works again; tokens are shared in the cluster.");
            }
            return result;
        } catch (RuntimeException failure) {
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
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        String summary = "No token for application " + request.clientId() + " of tenant " + request.tenantId()
                + ": another thread or server that asks for it has not finished.";
        return new TokenException(
                Diagnosis.of(
                        DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE,
                        summary,
                        Map.of("authority", request.authority().toString(), "elapsedMillis", Long.toString(elapsed))),
                null,
                cause);
    }
}
