package org.outlookmail.token;

import java.util.Optional;

/**
 * The shared entries as this adapter writes them: named by a keyed hash and encrypted, so that the cache shows neither a
 * token nor whose it is. Knows nothing of what the texts mean.
 *
 * <p>Thread rule: free for any thread. Whoever opened the cache closes it.
 */
final class SealedEntries {

    private final SharedEntries entries;
    private final CacheKeys keys;

    SealedEntries(SharedEntries entries, CacheKeys keys) {
        this.entries = entries;
        this.keys = keys;
    }

    /**
     * One entry's place.
     *
     * @param kind what sort of entry
     * @param identity whose it is
     * @param material what only the credential's holders know, so that a changed one names another entry; safe because
     *     the name is a keyed hash
     */
    record Place(String kind, String identity, Secret material) {

        String name(TokenCipher cipher) {
            return cipher.name(kind + "\n" + identity + "\n" + material.reveal());
        }
    }

    /** The text, if there is one that one of our keys sealed. */
    Optional<String> get(Place place) {
        for (TokenCipher cipher : keys.opening(place.material)) {
            String name = place.name(cipher);
            Optional<String> text = Optional.ofNullable(entries.get(name)).flatMap(hidden -> cipher.open(name, hidden));
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    void put(Place place, String text) {
        TokenCipher cipher = keys.sealing(place.material);
        String name = place.name(cipher);
        entries.put(name, cipher.seal(name, text));
    }

    /** Removes the entry if it still holds that text, under whichever key. */
    void remove(Place place, String text) {
        for (TokenCipher cipher : keys.opening(place.material)) {
            String name = place.name(cipher);
            String hidden = entries.get(name);
            if (hidden != null && cipher.open(name, hidden).filter(text::equals).isPresent()) {
                entries.remove(name, hidden);
            }
        }
    }

    /** The right to work on what belongs there while all other nodes wait. */
    ClusterLease lease(Place place) {
        return new ClusterLease(entries, place.name(keys.sealing(place.material)));
    }
}
