package org.outlookmail.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.outlookmail.cluster.Lease;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.secret.Secret;

/**
 * Fetches what the near cache has not: the shared token, or a new one from the identity provider, for which one node of
 * the cluster asks while the others wait for its result, good or bad.
 *
 * <p>Thread rule: one thread of this JVM for each request, see {@link SingleFlight}.
 */
final class TokenFetch {

    /**
     * So long others wait for a node that died while it asked. Entra answers in well under a second; a request slower
     * than this may be made by a second node too, which costs that request and nothing else.
     */
    static final Duration LEASE = Duration.ofSeconds(20);

    /**
     * More than a dead node's lease and a token request with the default timeouts (10 s to connect, 60 s to read)
     * together, so that those who wait learn the reason of a failure from the one who asked.
     */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(100);

    private static final Duration POLL = Duration.ofMillis(50);

    private final ClusterTokenCache cluster;
    private final Grant grant;
    private final Refusals refusals;
    private final Replacements replacements;
    private final Clock clock;
    private final ConnectorListener listener;

    TokenFetch(ClusterTokenCache cluster, Grant grant, Refusals refusals, Clock clock, ConnectorListener listener) {
        this.cluster = cluster;
        this.grant = grant;
        this.refusals = refusals;
        this.replacements = new Replacements(cluster, clock);
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Reads the shared token, or takes the lease and asks for one, or waits for the node that has the lease.
     *
     * @param wanted which shared token will do
     * @param rejected the one that a mail server has refused, or null
     * @return the rejected one if it is too soon to ask for another
     * @throws TimeoutException if another node takes too long
     */
    AccessToken fetch(TokenRequest request, Secret material, Predicate<AccessToken> wanted, AccessToken rejected)
            throws TokenException, InterruptedException, TimeoutException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < LONGEST_WAIT.toNanos()) {
            Optional<AccessToken> shared = shared(request, material, wanted);
            if (shared.isPresent()) {
                return shared.get();
            }
            throwIfRefused(request, material);
            Lease lease = cluster.lease(request, material);
            if (lease.acquire()) {
                return ask(request, material, wanted, rejected, lease);
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        throw new TimeoutException();
    }

    /**
     * The same ahead of need: takes what another node has fetched already, or asks if no other node does, and never waits.
     *
     * @return empty if another node is at it
     */
    Optional<AccessToken> refresh(TokenRequest request, Secret material, Predicate<AccessToken> wanted)
            throws TokenException {
        Optional<AccessToken> shared = shared(request, material, wanted);
        if (shared.isPresent()) {
            return shared;
        }
        throwIfRefused(request, material);
        Lease lease = cluster.lease(request, material);
        if (lease.acquire()) {
            return Optional.of(ask(request, material, wanted, null, lease));
        }
        return Optional.empty();
    }

    /** Shares a token that was obtained otherwise. */
    void adopt(TokenRequest request, Secret material, AccessToken token) throws TokenException {
        Secret presented = request.credential().presented(material);
        refusals.forget(request, presented);
        replacements.forget(request, material);
        cluster.put(request, material, token);
        cluster.forgetRefusal(request, presented);
    }

    /** From when a refused token may be replaced; empty if it may now. */
    Optional<Instant> pausedUntil(TokenRequest request, Secret material) {
        return replacements.pausedUntil(request, material);
    }

    private void throwIfRefused(TokenRequest request, Secret material) throws TokenException {
        Secret presented = request.credential().presented(material);
        Optional<Refusal> standing = refusals.standing(request, presented);
        if (standing.isEmpty()) {
            standing = cluster.refusal(request, presented).filter(refusal -> refusal.stands(clock.instant()));
            standing.ifPresent(refusal -> refusals.adopt(request, presented, refusal));
        }
        if (standing.isPresent()) {
            throw standing.get().exception(clock.instant());
        }
    }

    private AccessToken ask(
            TokenRequest request, Secret material, Predicate<AccessToken> wanted, AccessToken rejected, Lease lease)
            throws TokenException {
        try {
            // Another node may have stored its token, or its refusal, between our look and our lease.
            Optional<AccessToken> shared = shared(request, material, wanted);
            if (shared.isPresent()) {
                return shared.get();
            }
            throwIfRefused(request, material);
            if (rejected != null) {
                // Not before the lease: who begins a replacement begins the pause after it, and its result is awaited.
                if (pausedUntil(request, material).isPresent()) {
                    return rejected;
                }
                forget(request, material, rejected);
            }
            AccessToken fresh = obtain(request, material);
            cluster.put(request, material, fresh);
            return fresh;
        } finally {
            lease.release();
        }
    }

    /** Nobody shall get it any more, and everybody shall know that it is being replaced, however that ends. */
    private void forget(TokenRequest request, Secret material, AccessToken rejected) {
        replacements.begin(request, material);
        cluster.remove(request, material, rejected);
    }

    /** Asks the identity provider; a refusal is told here, once, however many threads and nodes wait for the answer. */
    private AccessToken obtain(TokenRequest request, Secret material) throws TokenException {
        Secret presented = request.credential().presented(material);
        long started = System.nanoTime();
        try {
            AccessToken token = grant.acquire(request);
            boolean again = refusals.forget(request, presented);
            listener.onTokenObtained(
                    request.subject(), token.expiresAt(), Duration.ofNanos(System.nanoTime() - started), again);
            return token;
        } catch (TokenException failure) {
            listener.onTokenRefused(failure.diagnosis());
            Refusal refusal = refusals.remember(request, presented, failure);
            cluster.put(request, presented, refusal);
            throw failure;
        }
    }

    private Optional<AccessToken> shared(TokenRequest request, Secret material, Predicate<AccessToken> wanted) {
        return cluster.get(request, material).filter(wanted);
    }
}
