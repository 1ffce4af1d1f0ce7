package org.outlookmail.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.outlookmail.secret.Secret;

/**
 * The tokens of this JVM, in clear: what a caller meets first. Knows when each is too old, and when it is time to think of
 * the next one.
 *
 * <p>Thread rule: free for any thread.
 */
final class NearCache {

    /** The part of a token's life over which refreshes are spread, at most {@link #LONGEST_WINDOW}. */
    private static final int WINDOW_PART = 8;

    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(9);

    /** A token with the moments that matter here. */
    static final class Held {
        private final AccessToken token;
        private final Secret material;
        private final Instant usableUntil;
        private final Instant refreshAt;
        private volatile boolean used;

        private Held(AccessToken token, Secret material, Instant usableUntil, Instant refreshAt) {
            this.token = token;
            this.material = material;
            this.usableUntil = usableUntil;
            this.refreshAt = refreshAt;
        }

        AccessToken token() {
            return token;
        }

        /** The credential it was obtained with. */
        Secret material() {
            return material;
        }

        /** Whether it is time to fetch the next one; not for a token that nobody has asked for. */
        boolean due(Instant now) {
            return used && !now.isBefore(refreshAt);
        }
    }

    private final Map<TokenRequest, Held> tokens = new ConcurrentHashMap<>();
    private final Duration margin;
    private final Clock clock;
    private final DoubleSupplier jitter;

    /**
     * @param margin how long a token must still live to be given out
     * @param jitter numbers from 0 to 1
     */
    NearCache(Duration margin, Clock clock, DoubleSupplier jitter) {
        this.margin = margin;
        this.clock = clock;
        this.jitter = jitter;
    }

    /** A good token, or null. */
    AccessToken get(TokenRequest request) {
        Held held = tokens.get(request);
        if (held == null || !clock.instant().isBefore(held.usableUntil)) {
            return null;
        }
        if (!held.used) {
            held.used = true; // written once, so that a hot entry's cache line stays shared
        }
        return held.token;
    }

    /** Keeps a token; used says whether somebody waits for it. */
    void put(TokenRequest request, Secret material, AccessToken token, boolean used) {
        Instant usableUntil = token.usableUntil(margin);
        Held held = new Held(token, material, usableUntil, usableUntil.minus(lead(token)));
        held.used = used;
        tokens.put(request, held);
    }

    /** How long before it becomes too old: another time on each node, so that one of them is first. */
    private Duration lead(AccessToken token) {
        Duration part = token.lifetime().dividedBy(WINDOW_PART);
        Duration window = part.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : part;
        return Duration.ofMillis(Math.round(window.toMillis() * (1 + 2 * jitter.getAsDouble()) / 3));
    }

    boolean good(AccessToken token) {
        return token.livesFor(clock.instant(), margin);
    }

    /** Removes the token if it is that one. */
    void remove(TokenRequest request, AccessToken rejected) {
        tokens.computeIfPresent(request, (same, held) -> held.token.secret().equals(rejected.secret()) ? null : held);
    }

    /** Drops what is too old to be given out, such as an old secret's token. */
    void sweep() {
        Instant now = clock.instant();
        tokens.values().removeIf(held -> !now.isBefore(held.usableUntil));
    }

    /** A snapshot of what is held. */
    List<Map.Entry<TokenRequest, Held>> all() {
        return List.copyOf(tokens.entrySet());
    }
}
