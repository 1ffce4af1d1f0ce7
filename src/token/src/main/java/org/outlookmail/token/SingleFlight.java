package org.outlookmail.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets one thread of this JVM do a piece of work while the others that want the same wait for its result, good or bad.
 *
 * <p>Thread rule: free for any thread; the work runs on the first caller's.
 */
final class SingleFlight {

    /** The work. */
    @FunctionalInterface
    interface Work {
        AccessToken run() throws TokenException, InterruptedException;
    }

    private final ConcurrentMap<TokenRequest, CompletableFuture<AccessToken>> flights = new ConcurrentHashMap<>();
    private final Duration longestWait;

    /**
     * @param longestWait how long a caller waits for another's work
     */
    SingleFlight(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /**
     * Runs the work, or waits for the one that runs it.
     *
     * @throws TokenException what the work threw, to every waiting caller
     * @throws TimeoutException if the one who runs it takes longer than the longest wait
     */
    AccessToken fly(TokenRequest request, Work work) throws TokenException, InterruptedException, TimeoutException {
        CompletableFuture<AccessToken> mine = new CompletableFuture<>();
        CompletableFuture<AccessToken> flying = flights.putIfAbsent(request, mine);
        return flying == null ? lead(request, work, mine) : follow(flying);
    }

    private AccessToken lead(TokenRequest request, Work work, CompletableFuture<AccessToken> flight)
            throws TokenException, InterruptedException {
        try {
            AccessToken token = work.run();
            flight.complete(token);
            return token;
        } catch (TokenException | InterruptedException | RuntimeException | Error failure) {
            flight.completeExceptionally(failure);
            throw failure;
        } finally {
            flights.remove(request, flight);
        }
    }

    private AccessToken follow(CompletableFuture<AccessToken> flight)
            throws TokenException, InterruptedException, TimeoutException {
        try {
            return flight.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TokenException refusal) {
                // A copy for each caller: one exception object in many threads would mix their stack traces.
                throw new TokenException(
                        refusal.diagnosis(), refusal.retryAfter().orElse(null), refusal);
            }
            throw new IllegalStateException("the token request failed in another thread", failed.getCause());
        }
    }
}
