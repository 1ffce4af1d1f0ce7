package org.outlookmail.token.configuration;

import static org.outlookmail.configuration.Property.TOKEN_CACHE_CONFIG;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_JNDI_NAME;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_KEY;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_KEY_PREVIOUS;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_NAME;
import static org.outlookmail.configuration.Property.TOKEN_CACHE_PROVIDER;
import static org.outlookmail.configuration.Property.TOKEN_STORE_DATA_SOURCE;
import static org.outlookmail.configuration.Property.TOKEN_STORE_FILE;

import java.nio.file.Path;
import java.util.Optional;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.secret.Secret;

/**
 * Reads what all servers share: where tokens are kept.
 *
 * <p>Thread rule: one use, one thread.
 */
public final class ClusterReader {

    private final PropertyReader reader;

    /**
     * @param reader of the properties; not null
     */
    public ClusterReader(PropertyReader reader) {
        this.reader = reader;
    }

    /** The cache of tokens and limits; unusable if there are problems. */
    public CacheConfiguration cache() {
        Optional<String> provider = reader.text(TOKEN_CACHE_PROVIDER);
        Optional<Path> config = reader.file(TOKEN_CACHE_CONFIG);
        Optional<String> name = reader.text(TOKEN_CACHE_NAME);
        Optional<String> jndiName = reader.text(TOKEN_CACHE_JNDI_NAME);
        Optional<Secret> key = reader.secret(TOKEN_CACHE_KEY);
        Optional<Secret> previous = reader.secret(TOKEN_CACHE_KEY_PREVIOUS);
        if (jndiName.isPresent() && (provider.isPresent() || config.isPresent())) {
            reader.problem(
                    TOKEN_CACHE_JNDI_NAME,
                    "is set beside tokenCacheProvider or tokenCacheConfig: remove it or them, there is one cache");
        }
        if (provider.filter(className -> className.startsWith("com.hazelcast.")).isPresent()
                && !reader.isSet(TOKEN_CACHE_CONFIG)) {
            reader.problem(TOKEN_CACHE_CONFIG, "is missing: the provider Hazelcast needs its file");
        }
        if (previous.isPresent() && key.isEmpty()) {
            reader.problem(TOKEN_CACHE_KEY_PREVIOUS, "is set without tokenCacheKey, which replaces it");
        }
        return new CacheConfiguration(
                provider, config, name.orElse(CacheConfiguration.DEFAULT_CACHE_NAME), jndiName, key, previous);
    }

    /** The file that keeps refresh tokens; it need not be there yet. */
    public Optional<Path> storeFile() {
        Optional<Path> file = reader.path(TOKEN_STORE_FILE);
        Optional<String> dataSource = storeDataSource();
        if (file.isPresent() && dataSource.isPresent()) {
            reader.problem(TOKEN_STORE_FILE, "and tokenStoreDataSource are both set: remove one, there is one store");
        }
        if ((file.isPresent() || dataSource.isPresent()) && !reader.isSet(TOKEN_CACHE_KEY)) {
            reader.problem(
                    TOKEN_CACHE_KEY, "is missing: it encrypts what tokenStoreFile or tokenStoreDataSource keeps");
        }
        return file;
    }

    /** The JNDI name of the data source that keeps them instead. */
    public Optional<String> storeDataSource() {
        return reader.text(TOKEN_STORE_DATA_SOURCE);
    }
}
