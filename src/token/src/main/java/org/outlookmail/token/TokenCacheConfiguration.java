package org.outlookmail.token;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where tokens are kept.
 *
 * @param hazelcastConfig a Hazelcast member's configuration file; empty for a cache inside this JVM
 * @param cacheName the JCache's name; not blank
 * @param key a passphrase that encrypts the entries; empty to derive it from each credential
 */
public record TokenCacheConfiguration(Optional<Path> hazelcastConfig, String cacheName, Optional<Secret> key) {

    /** The cache's name unless configured otherwise. */
    public static final String DEFAULT_CACHE_NAME = "outlookMailTokens";

    public TokenCacheConfiguration {
        Objects.requireNonNull(hazelcastConfig, "hazelcastConfig");
        Objects.requireNonNull(cacheName, "cacheName");
        Objects.requireNonNull(key, "key");
    }

    /** A cache inside this JVM. */
    public static TokenCacheConfiguration local() {
        return new TokenCacheConfiguration(Optional.empty(), DEFAULT_CACHE_NAME, Optional.empty());
    }
}
