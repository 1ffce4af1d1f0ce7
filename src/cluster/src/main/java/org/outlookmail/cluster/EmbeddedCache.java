package org.outlookmail.cluster;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import javax.cache.Cache;
import javax.cache.spi.CachingProvider;

/**
 * A cache inside this JVM (Caffeine's JCache). It opens no port.
 *
 * <p>Thread rule: one owner opens and closes it; the cache itself is free for any thread.
 */
final class EmbeddedCache implements CacheBackend {

    // A provider of our own, not the one of javax.cache.Caching: closing it closes nobody else's caches.
    private final CachingProvider provider = new CaffeineCachingProvider();
    private final Cache<String, String> cache;

    EmbeddedCache(String name) {
        ClassLoader ours = EmbeddedCache.class.getClassLoader();
        cache = CacheBackend.named(provider.getCacheManager(provider.getDefaultURI(), ours), name, false);
    }

    @Override
    public SharedEntries entries() {
        return SharedEntries.of(cache);
    }

    @Override
    public void close() {
        provider.close();
    }
}
