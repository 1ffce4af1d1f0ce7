package org.outlookmail.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers for a short while why a token could not be had, so that a thousand callers with a wrong secret make one
 * request and not a thousand. For as long as the identity provider asks to wait; else long enough to spare it and short
 * enough that nobody waits for the effect of a cure. A changed secret is another request and never meets the old refusal.
 *
 * <p>Thread rule: free for any thread.
 */
final class Refusals {

    /** After an answer: somebody has to change something first. */
    static final Duration ANSWERED = Duration.ofSeconds(30);

    /** After silence or a fault, which may end by itself. */
    static final Duration SILENT = Duration.ofSeconds(5);

    /** No provider keeps mail from being sent longer than this by one answer. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private record Refusal(TokenException why, Instant until) {}

    private final Map<TokenRequest, Refusal> standing = new ConcurrentHashMap<>();
    private final Clock clock;

    Refusals(Clock clock) {
        this.clock = clock;
    }

    void remember(TokenRequest request, TokenException refusal) {
        Instant now = clock.instant();
        standing.values().removeIf(old -> !old.until.isAfter(now));
        standing.put(request, new Refusal(refusal, now.plus(life(refusal))));
    }

    /**
     * The refusal that still stands, as an exception of the caller's own.
     *
     * @return its wait is what is left of the first one's
     */
    Optional<TokenException> standing(TokenRequest request) {
        Refusal refusal = standing.get(request);
        Instant now = clock.instant();
        if (refusal == null || !refusal.until.isAfter(now)) {
            return Optional.empty();
        }
        Duration left = refusal.why
                .retryAfter()
                .map(wish -> Duration.between(now, refusal.until))
                .orElse(null);
        return Optional.of(new TokenException(refusal.why.diagnosis(), left, refusal.why));
    }

    private static Duration life(TokenException refusal) {
        Duration life = refusal.retryAfter().orElseGet(() -> answered(refusal) ? ANSWERED : SILENT);
        return life.compareTo(LONGEST) > 0 ? LONGEST : life;
    }

    private static boolean answered(TokenException refusal) {
        return switch (refusal.diagnosis().code()) {
            case CLIENT_SECRET_WRONG,
                    CLIENT_SECRET_EXPIRED,
                    TENANT_UNKNOWN,
                    APPLICATION_UNKNOWN,
                    CONSENT_MISSING,
                    SCOPE_INVALID,
                    TOKEN_REFUSED -> true;
            default -> false;
        };
    }
}
