package org.outlookmail.token;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.HazelcastMemberCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/**
 * A cache that spans the cluster: a Hazelcast member with the administrator's own configuration file. The only class
 * that knows Hazelcast; it is loaded only when such a file is configured.
 *
 * <p>Thread rule: one owner opens and closes it; the cache itself is free for any thread.
 */
final class HazelcastCache implements TokenCacheBackend {

    private static final String PHONE_HOME = "hazelcast.phone.home.enabled";

    private final HazelcastInstance member;
    private final Cache<String, String> cache;

    /**
     * Starts the member and joins the cluster; this takes some seconds.
     *
     * @param configurationFile XML or YAML, as Hazelcast reads it; not null
     * @param cacheName the JCache's name; not null
     * @throws RuntimeException of Hazelcast, if the file or what it says is bad; then no member is left running
     */
    HazelcastCache(Path configurationFile, String cacheName) {
        ClassLoader ours = HazelcastCache.class.getClassLoader();
        Config config = read(configurationFile);
        config.setClassLoader(ours);
        // A server may start this adapter anew before it stops the old one; each needs a member of its own.
        config.setInstanceName("outlook-mail-" + UUID.randomUUID());
        if (config.getProperty(PHONE_HOME) == null) {
            config.setProperty(PHONE_HOME, "false"); // a mail adapter calls nobody but the mail provider
        }
        member = Hazelcast.newHazelcastInstance(config);
        try {
            CachingProvider provider = new HazelcastMemberCachingProvider();
            CacheManager manager = provider.getCacheManager(
                    provider.getDefaultURI(), ours, HazelcastCachingProvider.propertiesByInstanceItself(member));
            cache = TokenCacheBackend.named(manager, cacheName, true);
        } catch (RuntimeException unusable) {
            member.shutdown(); // nobody gets to know this object, so nobody else could
            throw unusable;
        }
    }

    private static Config read(Path file) {
        try {
            return Config.loadFromFile(file.toFile());
        } catch (FileNotFoundException missing) {
            throw new InvalidConfigurationException("there is no file " + file, missing);
        }
    }

    @Override
    public SharedEntries entries() {
        return SharedEntries.of(cache);
    }

    @Override
    public void close() {
        member.shutdown();
    }
}
