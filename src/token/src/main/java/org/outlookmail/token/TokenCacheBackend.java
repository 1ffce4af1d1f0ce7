package org.outlookmail.token;

import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;

/**
 * A JCache (JSR 107) that tokens sit in, with what has to be closed behind it. Only plain strings go into it, so a cache
 * server needs no class of ours.
 *
 * <p>Thread rule: one owner opens and closes it; the cache itself is free for any thread.
 */
interface TokenCacheBackend extends AutoCloseable {

    Cache<String, String> cache();

    /** Leaves the cluster, or drops the embedded cache. */
    @Override
    void close();

    /**
     * Starts or joins the cache. With Hazelcast this takes some seconds.
     *
     * @throws RuntimeException of the provider, if its configuration is bad
     */
    static TokenCacheBackend open(TokenCacheConfiguration configuration) {
        ClassLoader ours = TokenCacheBackend.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader callers = thread.getContextClassLoader();
        // Providers look for their own files and services through the context loader, which is the application's.
        thread.setContextClassLoader(ours);
        try {
            return configuration.hazelcastConfig().isPresent()
                    ? new HazelcastCache(configuration.hazelcastConfig().get(), configuration.cacheName())
                    : new EmbeddedCache(configuration.cacheName());
        } finally {
            thread.setContextClassLoader(callers);
        }
    }

    /** The named cache of a manager, created if the provider's own configuration has not defined it. */
    static Cache<String, String> named(CacheManager manager, String name, boolean byValue) {
        Cache<String, String> existing = manager.getCache(name, String.class, String.class);
        if (existing != null) {
            return existing;
        }
        // Longer than any access token lives; the entry's own expiry is inside it.
        Duration life = new Duration(TimeUnit.HOURS, 26);
        return manager.createCache(
                name,
                new MutableConfiguration<String, String>()
                        .setTypes(String.class, String.class)
                        .setStoreByValue(byValue)
                        .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(life)));
    }
}
