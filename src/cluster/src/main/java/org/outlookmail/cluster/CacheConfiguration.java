package org.outlookmail.cluster;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.outlookmail.secret.Secret;

/**
 * Where tokens are kept.
 *
 * @param provider the class name of a {@code javax.cache.spi.CachingProvider}; empty for Hazelcast if there is a
 *     configuration file, else for a cache inside this JVM
 * @param config the provider's configuration file; empty for the provider's default
 * @param cacheName the JCache's name; not blank
 * @param jndiName where to find an existing {@code javax.cache.Cache} or {@code java.util.Map} instead of all that
 * @param key a passphrase that encrypts the entries; empty to derive it from each credential
 * @param previousKey the passphrase before, while it is replaced
 */
public record CacheConfiguration(
        Optional<String> provider,
        Optional<Path> config,
        String cacheName,
        Optional<String> jndiName,
        Optional<Secret> key,
        Optional<Secret> previousKey) {

    /** The cache's name unless configured otherwise. */
    public static final String DEFAULT_CACHE_NAME = "outlookMailTokens";

    public CacheConfiguration {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(cacheName, "cacheName");
        Objects.requireNonNull(jndiName, "jndiName");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(previousKey, "previousKey");
    }

    /** Whether it is of a JCache provider other than Hazelcast, whose classes may be those of an application. */
    public boolean foreign() {
        return provider.filter(name -> !name.startsWith(CacheBackend.HAZELCAST)).isPresent();
    }

    /** Where it is, for people. */
    public String description() {
        return jndiName.map(name -> "the server's own under " + name)
                .or(() -> provider.map(name -> "of the provider " + name
                        + config.map(file -> " by " + file).orElse("")))
                .or(() -> config.map(file -> "Hazelcast by " + file))
                .orElse("of this server alone");
    }

    /** A cache inside this JVM. */
    public static CacheConfiguration local() {
        return new CacheConfiguration(
                Optional.empty(),
                Optional.empty(),
                DEFAULT_CACHE_NAME,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
