package org.outlookmail.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Owns the token cache of one resource adapter and gives out its {@link TokenSource}. The cache is opened at the first
 * need of a token, so that a server starts without waiting for the cluster.
 *
 * <p>Thread rule: free for any thread. The resource adapter closes it when it stops.
 */
public final class TokenService implements AutoCloseable {

    /** A cache that could not be opened is not tried sooner again: Hazelcast takes seconds to fail. */
    static final Duration REOPENING = Duration.ofMinutes(1);

    private final TokenCacheConfiguration configuration;
    private final TokenSource source;
    private final Clock clock;
    private TokenCacheBackend backend;
    private ClusterTokenCache cache;
    private Throwable openingFailure;
    private Instant nextOpening = Instant.MIN;
    private boolean closed;

    /**
     * @param configuration where tokens are kept; not null
     * @param timeouts for the token endpoint; not null
     * @param clock what time it is; not null
     */
    public TokenService(TokenCacheConfiguration configuration, HttpTimeouts timeouts, Clock clock) {
        this(configuration, new ClientSecretGrant(timeouts), clock);
    }

    TokenService(TokenCacheConfiguration configuration, Grant grant, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.source = new TokenSource(this::cache, grant, clock);
    }

    /** Where tokens come from; never null. */
    public TokenSource source() {
        return source;
    }

    private synchronized ClusterTokenCache cache() {
        if (closed) {
            throw new IllegalStateException("the resource adapter has stopped");
        }
        if (cache == null) {
            open();
        }
        return cache;
    }

    private void open() {
        Instant now = clock.instant();
        if (now.isBefore(nextOpening)) {
            throw new IllegalStateException("the token cache could not be opened", openingFailure);
        }
        try {
            backend = TokenCacheBackend.open(configuration);
            cache = new ClusterTokenCache(backend.cache(), configuration.key());
        } catch (RuntimeException | LinkageError failure) {
            openingFailure = failure;
            nextOpening = now.plus(REOPENING);
            throw failure;
        }
    }

    /** Closes the cache; leaves the cluster. A second call does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        cache = null;
        if (backend != null) {
            backend.close();
            backend = null;
        }
    }
}
