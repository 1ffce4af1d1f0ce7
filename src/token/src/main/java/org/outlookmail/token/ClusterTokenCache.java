package org.outlookmail.token;

import java.time.Instant;
import java.util.Optional;
import org.outlookmail.cluster.Lease;
import org.outlookmail.cluster.SealedEntries;
import org.outlookmail.cluster.SealedEntries.Place;
import org.outlookmail.secret.Secret;

/**
 * Tokens, refusals and replacements as every node of the cluster sees them. Knows how an entry is named and written, nothing of when to
 * fetch one.
 *
 * <p>Thread rule: free for any thread. Whoever opened the cache closes it.
 */
final class ClusterTokenCache {

    private static final int TOKEN_FIELDS = 3;

    private final SealedEntries entries;

    ClusterTokenCache(SealedEntries entries) {
        this.entries = entries;
    }

    Optional<AccessToken> get(TokenRequest request, Secret material) {
        return entries.get(place("token", request, material)).flatMap(ClusterTokenCache::read);
    }

    void put(TokenRequest request, Secret material, AccessToken token) {
        entries.put(place("token", request, material), write(token));
    }

    /** Removes the token if it is still the one given; a newer one of another node stays. */
    void remove(TokenRequest request, Secret material, AccessToken rejected) {
        Place place = place("token", request, material);
        entries.get(place)
                .filter(text -> read(text)
                        .filter(token -> token.secret().equals(rejected.secret()))
                        .isPresent())
                .ifPresent(text -> entries.remove(place, text));
    }

    /** Why there was none a moment ago, if another node has said so. */
    Optional<Refusal> refusal(TokenRequest request, Secret presented) {
        return entries.get(refusals(request, presented)).flatMap(Refusal::read);
    }

    void put(TokenRequest request, Secret presented, Refusal refusal) {
        entries.put(refusals(request, presented), refusal.write());
    }

    void forgetRefusal(TokenRequest request, Secret presented) {
        forget(refusals(request, presented));
    }

    /** When a refused token was last replaced, if one was. */
    Optional<Replacement> replacement(TokenRequest request, Secret material) {
        return entries.get(place("replacement", request, material)).flatMap(Replacement::read);
    }

    void put(TokenRequest request, Secret material, Replacement replacement) {
        entries.put(place("replacement", request, material), replacement.write());
    }

    void forgetReplacement(TokenRequest request, Secret material) {
        forget(place("replacement", request, material));
    }

    private void forget(Place place) {
        entries.get(place).ifPresent(text -> entries.remove(place, text));
    }

    /** The right to ask for this token while all other nodes wait. */
    Lease lease(TokenRequest request, Secret material) {
        return entries.lease(place("lease", request, material));
    }

    private static Place refusals(TokenRequest request, Secret presented) {
        return new Place("refusal", request.question(), presented);
    }

    private static Place place(String kind, TokenRequest request, Secret material) {
        return new Place(kind, request.identity(), material);
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
