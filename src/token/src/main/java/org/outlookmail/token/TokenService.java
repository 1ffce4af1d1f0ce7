package org.outlookmail.token;

import java.time.Clock;

/**
 * Owns the token cache of one resource adapter and gives out its {@link TokenSource}. The cache is opened at the first
 * need of a token, so that a server starts without waiting for the cluster.
 *
 * <p>Thread rule: free for any thread. The resource adapter closes it when it stops.
 */
public final class TokenService implements AutoCloseable {

    private final TokenCacheConfiguration configuration;
    private final TokenSource source;
    private TokenCacheBackend backend;
    private ClusterTokenCache cache;
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
            backend = TokenCacheBackend.open(configuration);
            cache = new ClusterTokenCache(backend.cache(), configuration.key());
        }
        return cache;
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
