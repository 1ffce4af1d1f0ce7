package org.outlookmail.connector;

import java.nio.file.Path;
import java.util.Optional;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.secret.Secret;

/**
 * Reads the properties that only the adapter has: where tokens are kept.
 *
 * <p>Thread rule: one use, one thread.
 */
final class TokenCacheReader {

    /** Where the properties stand that no factory has. */
    private static final String OF_THE_ADAPTER = " of the <resourceAdapter>";

    private final MailResourceAdapter adapter;
    private final PropertyReader reader;

    TokenCacheReader(MailResourceAdapter adapter, Problems problems) {
        this.adapter = adapter;
        this.reader = new PropertyReader(adapter, adapter, problems);
    }

    CacheConfiguration cache() {
        Optional<String> provider = text("tokenCacheProvider", adapter.getTokenCacheProvider());
        Optional<Path> config = text("tokenCacheConfig", adapter.getTokenCacheConfig())
                .flatMap(name -> reader.readableFile("tokenCacheConfig" + OF_THE_ADAPTER, name));
        Optional<String> name = text("tokenCacheName", adapter.getTokenCacheName());
        Optional<String> jndiName = text("tokenCacheJndiName", adapter.getTokenCacheJndiName());
        Optional<Secret> key = secret("tokenCacheKey", adapter.getTokenCacheKey());
        Optional<Secret> previous = secret("tokenCacheKeyPrevious", adapter.getTokenCacheKeyPrevious());
        if (jndiName.isPresent() && (provider.isPresent() || config.isPresent())) {
            reader.problems()
                    .add(
                            "tokenCacheJndiName" + OF_THE_ADAPTER,
                            "is set beside tokenCacheProvider or tokenCacheConfig: remove it or them, there is one cache");
        }
        if (provider.filter(className -> className.startsWith("com.hazelcast.")).isPresent()
                && adapter.getTokenCacheConfig() == null) {
            reader.problems()
                    .add("tokenCacheConfig" + OF_THE_ADAPTER, "is missing: the provider Hazelcast needs its file");
        }
        if (previous.isPresent() && key.isEmpty()) {
            reader.problems()
                    .add("tokenCacheKeyPrevious" + OF_THE_ADAPTER, "is set without tokenCacheKey, which replaces it");
        }
        return new CacheConfiguration(
                provider, config, name.orElse(CacheConfiguration.DEFAULT_CACHE_NAME), jndiName, key, previous);
    }

    /** The file that keeps refresh tokens; it need not be there yet. */
    Optional<Path> storeFile() {
        Optional<Path> file = text("tokenStoreFile", adapter.getTokenStoreFile())
                .flatMap(name -> reader.path("tokenStoreFile" + OF_THE_ADAPTER, name));
        if (file.isPresent() && storeDataSource().isPresent()) {
            reader.problems()
                    .add(
                            "tokenStoreFile" + OF_THE_ADAPTER,
                            "and tokenStoreDataSource are both set: remove one, there is one store");
        }
        if ((file.isPresent() || storeDataSource().isPresent()) && adapter.getTokenCacheKey() == null) {
            reader.problems()
                    .add(
                            "tokenCacheKey" + OF_THE_ADAPTER,
                            "is missing: it encrypts what tokenStoreFile or tokenStoreDataSource keeps");
        }
        return file;
    }

    /** The JNDI name of the data source that keeps them instead. */
    Optional<String> storeDataSource() {
        return text("tokenStoreDataSource", adapter.getTokenStoreDataSource());
    }

    private Optional<String> text(String property, String value) {
        return Optional.ofNullable(reader.defined(property + OF_THE_ADAPTER, value));
    }

    private Optional<Secret> secret(String property, String value) {
        return reader.decoded(property + OF_THE_ADAPTER, reader.defined(property + OF_THE_ADAPTER, value));
    }
}
