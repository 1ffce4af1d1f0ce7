package org.outlookmail.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.secret.Secret;

/**
 * Remembers for a short while why a token could not be had, so that a thousand callers with a wrong secret make one
 * request and not a thousand. For as long as the identity provider asks to wait; else long enough to spare it, longer
 * with each failure in a row, and short enough that nobody waits long for the effect of a cure. A changed credential is
 * another request and never meets the old refusal.
 *
 * <p>Thread rule: free for any thread.
 */
final class Refusals {

    /** After an answer: somebody has to change something first. */
    static final Duration ANSWERED = Duration.ofSeconds(30);

    /** After silence or a fault, which may end by itself. */
    static final Duration SILENT = Duration.ofSeconds(5);

    /** How far the wait grows while failures go on. */
    static final Duration GROWN = Duration.ofMinutes(1);

    /** No provider keeps mail from being sent longer than this by one answer. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** A failure this long after the one before is a first one again. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /** Waits differ by this part, so that the nodes of a cluster do not all come back in the same moment. */
    private static final double SPREAD = 0.2;

    private record Key(TokenRequest request, Secret presented) {}

    private final Map<Key, Refusal> known = new ConcurrentHashMap<>();
    private final Clock clock;
    private final DoubleSupplier jitter;

    /**
     * @param jitter numbers from 0 to 1
     */
    Refusals(Clock clock, DoubleSupplier jitter) {
        this.clock = clock;
        this.jitter = jitter;
    }

    Refusal remember(TokenRequest request, Secret presented, TokenException failure) {
        Instant now = clock.instant();
        known.values().removeIf(old -> old.until().plus(FORGOTTEN).isBefore(now));
        return known.compute(new Key(request, presented), (key, last) -> {
            int count = last == null ? 1 : last.count() + 1;
            return new Refusal(
                    failure.diagnosis(),
                    now,
                    now.plus(life(failure, count)),
                    failure.retryAfter().isPresent(),
                    count);
        });
    }

    /** What another node has met counts here too. */
    void adopt(TokenRequest request, Secret presented, Refusal refusal) {
        known.merge(
                new Key(request, presented),
                refusal,
                (ours, theirs) -> theirs.until().isAfter(ours.until()) ? theirs : ours);
    }

    /** The refusal that still stands. */
    Optional<Refusal> standing(TokenRequest request, Secret presented) {
        return Optional.ofNullable(known.get(new Key(request, presented)))
                .filter(refusal -> refusal.stands(clock.instant()));
    }

    /** Whether there was one. */
    boolean forget(TokenRequest request, Secret presented) {
        return known.remove(new Key(request, presented)) != null;
    }

    private Duration life(TokenException failure, int count) {
        if (failure.retryAfter().isPresent()) {
            Duration wish = failure.retryAfter().get();
            return wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
        }
        Duration first = failure.diagnosis().code().fault() == Fault.CREDENTIAL ? ANSWERED : SILENT;
        Duration grown = first.multipliedBy(1L << Math.min(count - 1, 6));
        Duration wait = grown.compareTo(GROWN) > 0 ? GROWN : grown;
        return wait.plusMillis(Math.round(wait.toMillis() * SPREAD * jitter.getAsDouble()));
    }
}
