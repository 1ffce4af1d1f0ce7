package org.outlookmail.cluster;

import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;

/**
 * A JCache (JSR 107) that tokens sit in, with what has to be closed behind it. Only plain strings go into it, so a cache
 * server needs no class of ours.
 *
 * <p>Thread rule: one owner opens and closes it; the cache itself is free for any thread.
 */
public interface CacheBackend extends AutoCloseable {

    /** Hazelcast's own providers; its file says whether it is a member or a client. */
    String HAZELCAST = "com.hazelcast.";

    SharedEntries entries();

    /** Whether it can still come to life by itself; if not, it is closed and another one is opened. */
    default boolean alive() {
        return true;
    }

    /** What it is, for people; empty for one that nobody shares. */
    default String description() {
        return "";
    }

    /** Leaves the cluster, or drops the embedded cache. */
    @Override
    void close();

    /** Entries that belong to somebody else. */
    static CacheBackend of(SharedEntries entries) {
        return new CacheBackend() {
            @Override
            public SharedEntries entries() {
                return entries;
            }

            @Override
            public void close() {
                // Whoever made them closes them.
            }
        };
    }

    /**
     * Starts or joins the cache. With Hazelcast this takes some seconds.
     *
     * @throws RuntimeException of the provider, if its configuration is bad
     */
    static CacheBackend open(CacheConfiguration configuration) {
        ClassLoader ours = CacheBackend.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader callers = thread.getContextClassLoader();
        // Providers look for their own files and services through the context loader, which is the application's.
        thread.setContextClassLoader(ours);
        try {
            if (configuration.jndiName().isPresent()) {
                return new JndiCache(configuration.jndiName().get());
            }
            boolean hazelcast = configuration
                    .provider()
                    .map(name -> name.startsWith(HAZELCAST))
                    .orElse(configuration.config().isPresent());
            if (hazelcast) {
                return new HazelcastCache(
                        configuration
                                .config()
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "tokenCacheProvider names Hazelcast, which needs its file in tokenCacheConfig")),
                        configuration.cacheName());
            }
            return configuration.provider().isPresent()
                    ? new ProviderCache(
                            configuration.provider().get(), configuration.config(), configuration.cacheName(), callers)
                    : new EmbeddedCache(configuration.cacheName());
        } finally {
            thread.setContextClassLoader(callers);
        }
    }

    /**
     * The named cache of a manager, created if the provider's own configuration has not defined it.
     *
     * @throws ClassCastException if it is defined there for other types than strings
     */
    static Cache<String, String> named(CacheManager manager, String name, boolean byValue) {
        // Not getCache(name, String, String), which refuses a cache that was defined without types.
        Cache<String, String> existing = manager.getCache(name);
        if (existing != null) {
            requireStrings(existing);
            return existing;
        }
        // No shorter than Entra's longest-lived access tokens (28 hours); the entry's own expiry is inside it.
        Duration life = new Duration(TimeUnit.HOURS, 28);
        return manager.createCache(
                name,
                new MutableConfiguration<String, String>()
                        .setTypes(String.class, String.class)
                        .setStoreByValue(byValue)
                        .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(life)));
    }

    @SuppressWarnings("unchecked") // JSR 107 offers the configuration by its raw class only
    static void requireStrings(Cache<String, String> cache) {
        Configuration<?, ?> types = cache.getConfiguration(Configuration.class);
        if (!types.getKeyType().isAssignableFrom(String.class)
                || !types.getValueType().isAssignableFrom(String.class)) {
            throw new ClassCastException("the cache " + cache.getName() + " is defined for keys of "
                    + types.getKeyType() + " and values of " + types.getValueType()
                    + ", not for strings");
        }
    }
}
