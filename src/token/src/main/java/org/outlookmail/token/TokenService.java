package org.outlookmail.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.outlookmail.cluster.CacheBackend;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.SealedEntries;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.secret.Secret;

/**
 * Owns the token cache of one resource adapter and gives out its {@link TokenSource}. The cache is opened at the first
 * need of a token, so that a server starts without waiting for the cluster.
 *
 * <p>Thread rule: free for any thread. The resource adapter closes it when it stops.
 */
public final class TokenService implements AutoCloseable {

    /** A cache that could not be opened is not tried sooner again: Hazelcast takes seconds to fail. */
    static final Duration REOPENING = Duration.ofMinutes(1);

    private final CacheConfiguration configuration;
    private final EntryKeys keys;
    private final RefreshTokens refreshTokens;
    private final TokenSource source;
    private final Clock clock;
    private CacheBackend backend;
    private SealedEntries entries;
    private Throwable openingFailure;
    private Instant nextOpening = Instant.MIN;
    private boolean closed;

    /**
     * @param configuration where tokens are kept; not null
     * @param store the durable home of refresh tokens; empty if there is none
     * @param grants how tokens are obtained; not null
     * @param executor runs refreshes; not null
     * @param clock what time it is; not null
     */
    public TokenService(
            CacheConfiguration configuration,
            Optional<DurableStore> store,
            Function<RefreshTokens, Grant> grants,
            Executor executor,
            Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.keys = new EntryKeys(configuration.key(), configuration.previousKey());
        this.refreshTokens = new RefreshTokens(this::entries, keys, store, clock);
        this.source = new TokenSource(
                () -> new ClusterTokenCache(entries()),
                grants.apply(refreshTokens),
                executor,
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Where tokens come from; never null. */
    public TokenSource source() {
        return source;
    }

    /** Where those of signed-in users are kept; never null. */
    public RefreshTokens refreshTokens() {
        return refreshTokens;
    }

    /**
     * Keeps what a user's sign-in has brought; from now on all nodes have it.
     *
     * @param request whose; its credential is a {@link Credential.Delegated}
     */
    public void signedIn(TokenRequest request, AccessToken token, Secret refreshToken) throws TokenException {
        refreshTokens.keep(request, refreshToken);
        source.signedIn(request, token);
    }

    /**
     * What the cluster shares, for those who agree there about more than tokens. Opens the cache if need be.
     *
     * @return never null; to be asked for anew at each use, because the cache may be opened anew
     * @throws RuntimeException the cache's own, if it cannot be opened
     */
    public synchronized SharedEntries shared() {
        entries();
        return backend.entries();
    }

    private synchronized SealedEntries entries() {
        if (closed) {
            throw new IllegalStateException("the resource adapter has stopped");
        }
        if (backend != null && !backend.alive()) {
            closeBackend();
        }
        if (entries == null) {
            open();
        }
        return entries;
    }

    private void open() {
        Instant now = clock.instant();
        if (now.isBefore(nextOpening)) {
            throw new IllegalStateException("the token cache could not be opened", openingFailure);
        }
        try {
            backend = CacheBackend.open(configuration);
            entries = new SealedEntries(backend.entries(), keys);
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
        closeBackend();
    }

    private void closeBackend() {
        entries = null;
        if (backend != null) {
            backend.close();
            backend = null;
        }
    }
}
