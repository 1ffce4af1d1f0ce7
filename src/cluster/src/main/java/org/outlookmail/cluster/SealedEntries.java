package org.outlookmail.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** The text, if there is one that one of our keys sealed. */
    public Optional<String> get(Place place) {
        return all(place).stream().findFirst();
    }

    /** The texts under each of our keys, that of the present one first. */
    public List<String> all(Place place) {
        List<String> texts = new ArrayList<>();
        for (EntryCipher cipher : keys.opening(place.material())) {
            String name = place.name(cipher);
            Optional.ofNullable(entries.get(name))
                    .flatMap(hidden -> cipher.open(name, hidden))
                    .ifPresent(texts::add);
        }
        return texts;
    }

    public void put(Place place, String text) {
        EntryCipher cipher = keys.sealing(place.material());
        String name = place.name(cipher);
        entries.put(name, cipher.seal(name, text));
    }

    /** Removes the entry if it still holds that text, under whichever key. */
    public void remove(Place place, String text) {
        for (EntryCipher cipher : keys.opening(place.material())) {
            String name = place.name(cipher);
            String hidden = entries.get(name);
            if (hidden != null && cipher.open(name, hidden).filter(text::equals).isPresent()) {
                entries.remove(name, hidden);
            }
        }
    }

    /** Many entries as they are, by their names in the cache. */
    Map<String, String> all(Set<String> names) {
        return entries.getAll(names);
    }

    /** One entry that several nodes change by compare-and-replace. */
    Register register(Place place) {
        return new Register(entries, place, keys.sealing(place.material()));
    }

    /** The same under each of our keys, for nodes that do not have the newest yet. */
    public List<Register> registers(Place place) {
        return keys.opening(place.material()).stream()
                .map(cipher -> new Register(entries, place, cipher))
                .toList();
    }
}
