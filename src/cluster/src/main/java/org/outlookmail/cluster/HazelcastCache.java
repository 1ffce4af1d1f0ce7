package org.outlookmail.cluster;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.HazelcastMemberCachingProvider;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.cache.HazelcastClientCachingProvider;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ConnectionRetryConfig;
import com.hazelcast.client.config.XmlClientConfigBuilder;
import com.hazelcast.client.config.YamlClientConfigBuilder;
import com.hazelcast.config.Config;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/**
 * A cache that spans the cluster: a Hazelcast member, or a client of a cluster that runs elsewhere, with the
 * administrator's own configuration file. The only class that knows Hazelcast; it is loaded only when such a file is
 * configured.
 *
 * <p>Thread rule: one owner opens and closes it; the cache itself is free for any thread.
 */
final class HazelcastCache implements CacheBackend {

    private static final String PHONE_HOME = "hazelcast.phone.home.enabled";

    /** A member's operation and a client's may take so long, so that a cluster that hangs holds no mail up for minutes. */
    private static final int PATIENCE_SECONDS = 10;

    /** So long a member looks for others; Hazelcast's own five minutes would be the first mail's. */
    private static final int JOIN_SECONDS = 30;

    private static final Pattern CLIENT = Pattern.compile("<hazelcast-client[\\s>]|(?m)^hazelcast-client:");

    private final HazelcastInstance instance;
    private final Cache<String, String> cache;

    /**
     * Starts the member or the client and joins the cluster; this takes some seconds.
     *
     * @param configurationFile XML or YAML, of a member or of a client, as Hazelcast reads it; not null
     * @param cacheName the JCache's name; not null
     * @throws RuntimeException of Hazelcast, if the file or what it says is bad, or the cluster is not there; then nothing
     *     is left running
     */
    HazelcastCache(Path configurationFile, String cacheName) {
        ClassLoader ours = HazelcastCache.class.getClassLoader();
        boolean client = CLIENT.matcher(read(configurationFile)).find();
        instance = client ? client(configurationFile, ours) : member(configurationFile, ours);
        try {
            CachingProvider provider =
                    client ? new HazelcastClientCachingProvider() : new HazelcastMemberCachingProvider();
            CacheManager manager = provider.getCacheManager(
                    provider.getDefaultURI(), ours, HazelcastCachingProvider.propertiesByInstanceItself(instance));
            cache = CacheBackend.named(manager, cacheName, true);
        } catch (RuntimeException unusable) {
            instance.shutdown(); // nobody gets to know this object, so nobody else could
            throw unusable;
        }
    }

    private static HazelcastInstance member(Path file, ClassLoader ours) {
        Config config;
        try {
            config = Config.loadFromFile(file.toFile());
        } catch (IOException gone) {
            throw new InvalidConfigurationException("cannot read " + file, gone);
        }
        config.setClassLoader(ours);
        stringsOnly(config.getSerializationConfig());
        // A server may start this adapter anew before it stops the old one; each needs a member of its own.
        config.setInstanceName(ownName());
        if (config.getProperty(PHONE_HOME) == null) {
            config.setProperty(PHONE_HOME, "false"); // a mail adapter calls nobody but the mail provider
        }
        if (config.getProperty("hazelcast.operation.call.timeout.millis") == null) {
            config.setProperty("hazelcast.operation.call.timeout.millis", Integer.toString(1000 * PATIENCE_SECONDS));
        }
        if (config.getProperty("hazelcast.max.join.seconds") == null) {
            config.setProperty("hazelcast.max.join.seconds", Integer.toString(JOIN_SECONDS));
        }
        return Hazelcast.newHazelcastInstance(config);
    }

    private static HazelcastInstance client(Path file, ClassLoader ours) {
        ClientConfig config;
        try {
            config = file.toString().endsWith(".xml")
                    ? new XmlClientConfigBuilder(file.toFile()).build()
                    : new YamlClientConfigBuilder(file.toFile()).build();
        } catch (IOException gone) {
            throw new InvalidConfigurationException("cannot read " + file, gone);
        }
        config.setClassLoader(ours);
        stringsOnly(config.getSerializationConfig());
        config.setInstanceName(ownName());
        if (config.getProperty("hazelcast.client.invocation.timeout.seconds") == null) {
            config.setProperty("hazelcast.client.invocation.timeout.seconds", Integer.toString(PATIENCE_SECONDS));
        }
        ConnectionRetryConfig retry = config.getConnectionStrategyConfig().getConnectionRetryConfig();
        if (retry.getClusterConnectTimeoutMillis() < 0) {
            // For ever, otherwise; after this the client ends, and another one is tried later.
            retry.setClusterConnectTimeoutMillis(1000L * PATIENCE_SECONDS);
        }
        return HazelcastClient.newHazelcastClient(config);
    }

    /**
     * We read strings. An object that somebody else has put in their place would be made, by its class's own code, before we
     * could see that it is none; so only classes of Java and of Hazelcast are, unless the file says otherwise.
     */
    private static void stringsOnly(SerializationConfig serialization) {
        if (serialization.getJavaSerializationFilterConfig() == null) {
            serialization.setJavaSerializationFilterConfig(new JavaSerializationFilterConfig());
        }
    }

    private static String ownName() {
        return "outlook-mail-" + UUID.randomUUID();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new InvalidConfigurationException("there is no file " + file + " that can be read", missing);
        }
    }

    @Override
    public SharedEntries entries() {
        return SharedEntries.of(cache);
    }

    @Override
    public boolean alive() {
        return instance.getLifecycleService().isRunning();
    }

    @Override
    public String description() {
        int members = instance.getCluster().getMembers().size();
        return "Hazelcast, " + members + (members == 1 ? " member" : " members");
    }

    @Override
    public void close() {
        instance.shutdown();
    }
}
