package org.outlookmail.token;

import java.time.Instant;
import java.util.Optional;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.Lease;
import org.outlookmail.cluster.Place;
import org.outlookmail.secret.Secret;

/**
 * Tokens, refusals and replacements as every node of the cluster sees them. Knows how an entry is named and written, nothing
 * of when to fetch one. While the cluster's cache fails, there is nothing in it.
 *
 * <p>Thread rule: free for any thread.
 */
final class ClusterTokenCache {

    private static final int TOKEN_FIELDS = 3;

    private final Cluster cluster;

    ClusterTokenCache(Cluster cluster) {
        this.cluster = cluster;
    }

    Optional<AccessToken> get(TokenRequest request, Secret material) {
        return read(place("token", request, material)).flatMap(ClusterTokenCache::read);
    }

    void put(TokenRequest request, Secret material, AccessToken token) {
        write(place("token", request, material), write(token));
    }

    /** Removes the token if it is still the one given; a newer one of another node stays. */
    void remove(TokenRequest request, Secret material, AccessToken rejected) {
        Place place = place("token", request, material);
        read(place)
                .filter(text -> read(text)
                        .filter(token -> token.secret().equals(rejected.secret()))
                        .isPresent())
                .ifPresent(text -> remove(place, text));
    }

    /** Why there was none a moment ago, if another node has said so. */
    Optional<Refusal> refusal(TokenRequest request, Secret presented) {
        return read(refusals(request, presented)).flatMap(Refusal::read);
    }

    void put(TokenRequest request, Secret presented, Refusal refusal) {
        write(refusals(request, presented), refusal.write());
    }

    void forgetRefusal(TokenRequest request, Secret presented) {
        forget(refusals(request, presented));
    }

    /** When a refused token was last replaced, if one was. */
    Optional<Replacement> replacement(TokenRequest request, Secret material) {
        return read(place("replacement", request, material)).flatMap(Replacement::read);
    }

    void put(TokenRequest request, Secret material, Replacement replacement) {
        write(place("replacement", request, material), replacement.write());
    }

    void forgetReplacement(TokenRequest request, Secret material) {
        forget(place("replacement", request, material));
    }

    private Optional<String> read(Place place) {
        return cluster.use(entries -> entries.get(place)).flatMap(found -> found);
    }

    private void write(Place place, String text) {
        cluster.use(entries -> {
            entries.put(place, text);
            return Boolean.TRUE;
        });
    }

    private void remove(Place place, String text) {
        cluster.use(entries -> {
            entries.remove(place, text);
            return Boolean.TRUE;
        });
    }

    private void forget(Place place) {
        read(place).ifPresent(text -> remove(place, text));
    }

    /** The right to ask for this token while all other nodes wait. */
    Lease lease(TokenRequest request, Secret material) {
        return cluster.lease(place("lease", request, material), TokenFetch.LEASE);
    }

    private static Place refusals(TokenRequest request, Secret presented) {
        return Place.of("refusal", request.question(), presented);
    }

    private static Place place(String kind, TokenRequest request, Secret material) {
        return Place.of(kind, request.identity(), material);
    }

    private static String write(AccessToken token) {
        return token.obtainedAt().toEpochMilli() + "\n" + token.expiresAt().toEpochMilli() + "\n" + token.value();
    }

    /** Empty for an entry of another version of this adapter, which is replaced by ours. */
    private static Optional<AccessToken> read(String text) {
        String[] fields = text.split("\n", TOKEN_FIELDS);
        if (fields.length < TOKEN_FIELDS
                || !fields[0].matches("\\d{1,18}")
                || !fields[1].matches("\\d{1,18}")
                || !AccessToken.visible(fields[2])) {
            return Optional.empty();
        }
        return Optional.of(new AccessToken(fields[2], moment(fields[0]), moment(fields[1])));
    }

    private static Instant moment(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
