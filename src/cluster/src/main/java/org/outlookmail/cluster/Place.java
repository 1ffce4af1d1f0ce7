package org.outlookmail.cluster;

import java.util.Objects;
import org.outlookmail.secret.Secret;

/**
 * Where one entry stands. Its name in the cache is a keyed hash of all this, and of the version of what stands there: an
 * adapter of another version has other names, so neither reads, nor overwrites, what the other means.
 *
 * @param version of the entry's format
 * @param kind what sort of entry
 * @param identity whose it is
 * @param material what only the credential's holders know, so that a changed one names another entry; safe because the
 *     name is a keyed hash
 */
public record Place(int version, String kind, String identity, Secret material) {

    /** The present format of all entries but those of refresh tokens. */
    public static final int PRESENT = 2;

    /** Belongs to whoever has the key; there is no credential. */
    private static final Secret NOTHING = Secret.of("");

    public Place {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(material, "material");
    }

    /** What belongs to a credential. */
    public static Place of(String kind, String identity, Secret material) {
        return new Place(PRESENT, kind, identity, material);
    }

    /** What belongs to the cluster. */
    public static Place ofAll(String kind, String identity) {
        return new Place(PRESENT, kind, identity, EntryKeys.OF_ALL);
    }

    /** What outlives an update of the adapter: all versions name and write it in the same way. */
    public static Place lasting(String kind, String identity) {
        return new Place(1, kind, identity, NOTHING);
    }

    /** Its name under one of our keys. */
    public String name(EntryCipher cipher) {
        String text = kind + "\n" + identity + "\n" + material.reveal();
        return cipher.name(version == 1 ? text : version + "\n" + text);
    }
}
