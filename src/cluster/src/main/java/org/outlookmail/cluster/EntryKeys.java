package org.outlookmail.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.outlookmail.secret.Secret;

/**
 * The keys that protect what is shared or stored. Without a configured key each credential protects its own entries, which
 * only those can read who could ask for them anyway; what belongs to the whole cluster and to no credential is then sealed
 * under a key that everybody can look up here. While a key is replaced, entries of the previous one can be read.
 *
 * <p>Thread rule: free for any thread. It keeps what it derived, because deriving takes a tenth of a second.
 */
public final class EntryKeys {

    /** No secret: without a configured key the cluster has none of its own. */
    static final Secret OF_ALL = Secret.of("outlook-mail: whoever reads this may read that");

    private static final String SALT = "outlook-mail token cache";

    private final Optional<Secret> key;
    private final Optional<Secret> previous;
    private final Map<Secret, EntryCipher> ciphers = new ConcurrentHashMap<>();

    /**
     * @param key a passphrase for all entries, or empty
     * @param previous the passphrase before, or empty
     */
    public EntryKeys(Optional<Secret> key, Optional<Secret> previous) {
        this.key = key;
        this.previous = previous;
    }

    /**
     * Seals what belongs to a credential.
     *
     * @throws IllegalStateException if neither there is a key nor has the credential anything secret
     */
    public EntryCipher sealing(Secret material) {
        return cipher(key.orElse(material));
    }

    /** Those that may have sealed it, the present one first. */
    public List<EntryCipher> opening(Secret material) {
        return Stream.concat(Stream.of(key.orElse(material)), previous.stream())
                .map(this::cipher)
                .toList();
    }

    private EntryCipher cipher(Secret passphrase) {
        if (passphrase.reveal().isEmpty()) {
            throw new IllegalStateException("what a user signed in for needs the property tokenCacheKey");
        }
        return ciphers.computeIfAbsent(passphrase, secret -> new EntryCipher(secret, SALT));
    }
}
