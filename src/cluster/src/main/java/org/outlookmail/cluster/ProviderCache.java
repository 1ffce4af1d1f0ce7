package org.outlookmail.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/**
 * A cache of any JCache provider (JSR 107), named by its class.
 *
 * <p>Thread rule: one owner opens and closes it; the cache itself is free for any thread.
 */
final class ProviderCache implements CacheBackend {

    private final CachingProvider provider;
    private final Cache<String, String> cache;

    /**
     * @param className of a {@code javax.cache.spi.CachingProvider}; not null
     * @param config the provider's configuration file; empty for its default
     * @param cacheName the JCache's name; not null
     * @param applications where to look for the class if this adapter does not have it; perhaps null
     * @throws RuntimeException if the class or the configuration is bad
     */
    ProviderCache(String className, Optional<Path> config, String cacheName, ClassLoader applications) {
        // An instance of our own, not the one of javax.cache.Caching: closing it closes nobody else's caches.
        provider = instance(type(className, applications));
        URI uri = config.map(Path::toUri).orElseGet(provider::getDefaultURI);
        CacheManager manager = provider.getCacheManager(uri, provider.getClass().getClassLoader());
        boolean done = false;
        try {
            cache = CacheBackend.named(manager, cacheName, false);
            done = true;
        } finally {
            if (!done) {
                provider.close();
            }
        }
    }

    private static Class<?> type(String className, ClassLoader applications) {
        try {
            return Class.forName(className, true, ProviderCache.class.getClassLoader());
        } catch (ClassNotFoundException notOurs) {
            try {
                return Class.forName(className, true, applications);
            } catch (ClassNotFoundException missing) {
                missing.addSuppressed(notOurs);
                throw new IllegalArgumentException(
                        "tokenCacheProvider names " + className + ", a class that cannot be found: put its jars into a"
                                + " <library> and name that in <resourceAdapter><classloader commonLibraryRef=...>",
                        missing);
            }
        }
    }

    private static CachingProvider instance(Class<?> type) {
        try {
            return type.asSubclass(CachingProvider.class).getConstructor().newInstance();
        } catch (ClassCastException other) {
            throw new IllegalArgumentException(
                    "tokenCacheProvider names " + type.getName() + ", which is no javax.cache.spi.CachingProvider",
                    other);
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalArgumentException(
                    "tokenCacheProvider names " + type.getName() + ", which cannot be created", unusable);
        }
    }

    @Override
    public SharedEntries entries() {
        return SharedEntries.of(cache);
    }

    @Override
    public boolean alive() {
        return !cache.isClosed();
    }

    @Override
    public String description() {
        return "of the provider " + provider.getClass().getName();
    }

    @Override
    public void close() {
        provider.close();
    }
}
