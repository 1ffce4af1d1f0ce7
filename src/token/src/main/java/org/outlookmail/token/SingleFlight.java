package org.outlookmail.token;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets one thread of this JVM do a piece of work while the others that want the same wait for its result, good or bad.
 * If that thread is interrupted, there is no result, and one of the others does the work.
 *
 * <p>Thread rule: free for any thread; the work runs on the first caller's.
 */
final class SingleFlight {

    /** The work. */
    @FunctionalInterface
    interface Work {
        AccessToken run() throws TokenException, InterruptedException, TimeoutException;
    }

    private final ConcurrentMap<TokenRequest, CompletableFuture<AccessToken>> flights = new ConcurrentHashMap<>();
    private final Duration longestWait;

    /**
     * @param longestWait how long a caller waits for another's work; positive
     */
    SingleFlight(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /**
     * Runs the work, or waits for the one that runs it.
     *
     * @throws TokenException what the work threw; each waiting caller gets an exception of its own
     * @throws InterruptedException if this thread was interrupted, at work or waiting; the others go on
     * @throws TimeoutException if the one who runs it takes longer than the longest wait
     */
    AccessToken fly(TokenRequest request, Work work) throws TokenException, InterruptedException, TimeoutException {
        long started = System.nanoTime();
        while (true) {
            CompletableFuture<AccessToken> mine = new CompletableFuture<>();
            CompletableFuture<AccessToken> flying = flights.putIfAbsent(request, mine);
            if (flying == null) {
                return lead(request, work, mine);
            }
            Optional<AccessToken> token = follow(flying, longestWait.toNanos() - (System.nanoTime() - started));
            if (token.isPresent()) {
                return token.get();
            }
        }
    }

    private AccessToken lead(TokenRequest request, Work work, CompletableFuture<AccessToken> flight)
            throws TokenException, InterruptedException, TimeoutException {
        try {
            AccessToken token;
            try {
                token = work.run();
            } finally {
                // Before the result is out: who has used it up and calls again must not meet this flight.
                flights.remove(request, flight);
            }
            flight.complete(token);
            return token;
        } catch (InterruptedException interrupted) {
            flight.cancel(false);
            throw interrupted;
        } catch (TokenException | TimeoutException | RuntimeException | Error failure) {
            flight.completeExceptionally(failure);
            throw failure;
        }
    }

    /** Empty if the flight was called off. */
    private static Optional<AccessToken> follow(CompletableFuture<AccessToken> flight, long nanos)
            throws TokenException, InterruptedException, TimeoutException {
        try {
            return Optional.of(flight.get(nanos, TimeUnit.NANOSECONDS));
        } catch (CancellationException calledOff) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TokenException refusal) {
                // A copy for each caller: one exception object in many threads would mix their stack traces.
                throw new TokenException(
                        refusal.diagnosis(), refusal.retryAfter().orElse(null), refusal);
            }
            if (failed.getCause() instanceof TimeoutException late) {
                throw late;
            }
            throw new IllegalStateException("the token request failed in another thread", failed.getCause());
        }
    }
}
