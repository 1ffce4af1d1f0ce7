package org.outlookmail.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.EventLog;
import org.outlookmail.secret.Secret;

/**
 * The tokens of one resource adapter, and the refresh tokens of the users who have signed in.
 *
 * <p>Thread rule: free for any thread. The resource adapter closes it when it stops.
 */
public final class TokenService implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TokenService.class.getName());

    private final Cluster cluster;
    private final RefreshTokens refreshTokens;
    private final TokenSource source;
    private final Executor executor;
    private final AtomicBoolean ticking = new AtomicBoolean();

    /**
     * @param cluster where tokens are kept; closed with this. Not null
     * @param store the durable home of refresh tokens; empty if there is none
     * @param grants how tokens are obtained; not null
     * @param executor runs refreshes; not null
     * @param clock what time it is; not null
     */
    public TokenService(
            Cluster cluster,
            Optional<DurableStore> store,
            Function<RefreshTokens, Grant> grants,
            Executor executor,
            Clock clock) {
        this(cluster, store, grants, executor, clock, EventLog.STANDARD);
    }

    /**
     * The same with somebody who is told of tokens that are asked for.
     *
     * @param listener not null
     */
    public TokenService(
            Cluster cluster,
            Optional<DurableStore> store,
            Function<RefreshTokens, Grant> grants,
            Executor executor,
            Clock clock,
            ConnectorListener listener) {
        this.cluster = cluster;
        this.executor = executor;
        this.refreshTokens = new RefreshTokens(cluster, store, listener);
        this.source = new TokenSource(
                cluster,
                grants.apply(refreshTokens),
                executor,
                clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                listener);
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

    /** Looks after what is due; cheap, to be called every second by one thread. The work is done by the executor. */
    public void tick() {
        source.tick();
        if (refreshTokens.unsaved() && ticking.compareAndSet(false, true)) {
            try {
                executor.execute(() -> {
                    try {
                        refreshTokens.saveAgain();
                    } finally {
                        ticking.set(false);
                    }
                });
            } catch (RejectedExecutionException busy) {
                ticking.set(false);
                LOG.log(Level.DEBUG, "no thread to save a refresh token; trying again", busy);
            }
        }
    }

    /** Lets an exchange of a refresh token end that is under way, and leaves the cluster. A second call does nothing. */
    @Override
    public void close() {
        refreshTokens.close();
        cluster.close();
    }
}
