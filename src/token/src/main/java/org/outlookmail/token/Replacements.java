package org.outlookmail.token;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.secret.Secret;

/**
 * Counts the replacements of refused tokens: in the cluster, and here for as long as its cache fails.
 *
 * <p>Thread rule: free for any thread; of those that want to replace the same token, the one that has the lease writes.
 */
final class Replacements {

    private record Key(TokenRequest request, Secret material) {}

    private final Map<Key, Replacement> known = new ConcurrentHashMap<>();
    private final ClusterTokenCache cluster;
    private final Clock clock;

    Replacements(ClusterTokenCache cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** From when a refused token may be replaced; empty if it may now. */
    Optional<Instant> pausedUntil(TokenRequest request, Secret material) {
        Instant now = clock.instant();
        return last(request, material, now).map(Replacement::nextAt).filter(now::isBefore);
    }

    /** Notes that one is being replaced. */
    void begin(TokenRequest request, Secret material) {
        Instant now = clock.instant();
        Replacement next = Replacement.after(last(request, material, now).orElse(null), now);
        known.values().removeIf(old -> old.forgotten(now));
        known.put(new Key(request, material), next);
        cluster.put(request, material, next);
    }

    /** Forgets them: what comes now owes nothing to the tokens before. */
    void forget(TokenRequest request, Secret material) {
        known.remove(new Key(request, material));
        cluster.forgetReplacement(request, material);
    }

    /** The later of what this node and the cluster know. */
    private Optional<Replacement> last(TokenRequest request, Secret material, Instant now) {
        Optional<Replacement> ours = Optional.ofNullable(known.get(new Key(request, material)));
        Optional<Replacement> theirs = cluster.replacement(request, material);
        boolean later = theirs.isPresent()
                && (ours.isEmpty() || theirs.get().at().isAfter(ours.get().at()));
        return (later ? theirs : ours).filter(replacement -> !replacement.forgotten(now));
    }
}
