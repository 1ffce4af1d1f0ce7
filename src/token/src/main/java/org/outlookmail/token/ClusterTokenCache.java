package org.outlookmail.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;

/**
 * Tokens as every node of the cluster sees them: sealed entries in a JCache. Knows how an entry is named and written,
 * nothing of when to fetch one.
 *
 * <p>Thread rule: free for any thread. Whoever opened the cache closes it.
 */
final class ClusterTokenCache {

    private final Cache<String, String> cache;
    private final Optional<Secret> key;
    private final Map<Secret, TokenCipher> ciphers = new ConcurrentHashMap<>();

    /**
     * @param cache the entries; not null
     * @param key a passphrase for all entries; if empty each credential protects its own tokens, which only those can
     *     read who could ask for them anyway
     */
    ClusterTokenCache(Cache<String, String> cache, Optional<Secret> key) {
        this.cache = cache;
        this.key = key;
    }

    Optional<AccessToken> get(TokenRequest request) {
        String name = entry(request);
        return Optional.ofNullable(cache.get(name))
                .flatMap(entry -> cipher(request).open(name, entry))
                .flatMap(ClusterTokenCache::read);
    }

    void put(TokenRequest request, AccessToken token) {
        String name = entry(request);
        cache.put(name, cipher(request).seal(name, token.expiresAt().toEpochMilli() + "\n" + token.value()));
    }

    /**
     * Removes the token if it is still the one given; a newer one of another node stays. The value decides: an entry
     * keeps the moment of expiry in milliseconds only.
     */
    void remove(TokenRequest request, AccessToken rejected) {
        String name = entry(request);
        String entry = cache.get(name);
        if (entry != null
                && cipher(request)
                        .open(name, entry)
                        .flatMap(ClusterTokenCache::read)
                        .filter(token -> token.value().equals(rejected.value()))
                        .isPresent()) {
            cache.remove(name, entry);
        }
    }

    /** The right to ask for this token while all other nodes wait. */
    ClusterLease lease(TokenRequest request) {
        return new ClusterLease(cache, cipher(request).name("lease\n" + secretIdentity(request)));
    }

    private String entry(TokenRequest request) {
        return cipher(request).name("token\n" + secretIdentity(request));
    }

    /** With the credential, so that a changed one names another entry; safe because the name is a keyed hash. */
    private static String secretIdentity(TokenRequest request) {
        return request.identity() + "\n" + request.clientSecret().reveal();
    }

    private TokenCipher cipher(TokenRequest request) {
        Secret passphrase = key.orElse(request.clientSecret());
        return ciphers.computeIfAbsent(passphrase, secret -> new TokenCipher(secret, "outlook-mail token cache"));
    }

    private static Optional<AccessToken> read(String text) {
        int end = text.indexOf('\n');
        Instant expiresAt = Instant.ofEpochMilli(Long.parseLong(text.substring(0, end)));
        return Optional.of(new AccessToken(text.substring(end + 1), expiresAt));
    }
}
