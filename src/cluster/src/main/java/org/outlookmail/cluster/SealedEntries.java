package org.outlookmail.cluster;

import java.util.Optional;
import org.outlookmail.secret.Secret;

/**
 * The shared entries as this adapter writes them: named by a keyed hash and encrypted, so that the cache shows neither a
 * token nor whose it is. Knows nothing of what the texts mean.
 *
 * <p>Thread rule: free for any thread. Whoever opened the cache closes it.
 */
public final class SealedEntries {

    private final SharedEntries entries;
    private final EntryKeys keys;

    public SealedEntries(SharedEntries entries, EntryKeys keys) {
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
    public record Place(String kind, String identity, Secret material) {

        public String name(EntryCipher cipher) {
            return cipher.name(kind + "\n" + identity + "\n" + material.reveal());
        }
    }

    /** The text, if there is one that one of our keys sealed. */
    public Optional<String> get(Place place) {
        for (EntryCipher cipher : keys.opening(place.material)) {
            String name = place.name(cipher);
            Optional<String> text = Optional.ofNullable(entries.get(name)).flatMap(hidden -> cipher.open(name, hidden));
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    public void put(Place place, String text) {
        EntryCipher cipher = keys.sealing(place.material);
        String name = place.name(cipher);
        entries.put(name, cipher.seal(name, text));
    }

    /** Removes the entry if it still holds that text, under whichever key. */
    public void remove(Place place, String text) {
        for (EntryCipher cipher : keys.opening(place.material)) {
            String name = place.name(cipher);
            String hidden = entries.get(name);
            if (hidden != null && cipher.open(name, hidden).filter(text::equals).isPresent()) {
                entries.remove(name, hidden);
            }
        }
    }

    /** The right to work on what belongs there while all other nodes wait. */
    public Lease lease(Place place) {
        return new Lease(entries, place.name(keys.sealing(place.material)));
    }
}
