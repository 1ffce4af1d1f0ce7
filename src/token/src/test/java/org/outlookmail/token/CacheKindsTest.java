package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.Hazelcast;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.cache2k.jcache.provider.JCacheProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.cluster.CacheBackend;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.testkit.BoundNames;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.PlainMap;
import org.outlookmail.testkit.SettableClock;

/** Every kind of cache that can be configured: found, shared, and told of when it is not there. Row K3. */
@Tag("unit")
@Timeout(120)
class CacheKindsTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;
    private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

    private final SettableClock clock = new SettableClock();
    private final CountingGrant grantA = new CountingGrant("a", clock);
    private final CountingGrant grantB = new CountingGrant("b", clock);

    @TempDir
    private Path folder;

    @BeforeEach
    void quiet() {
        HAZELCAST.setLevel(Level.SEVERE);
    }

    @AfterEach
    void nothingIsLeft() {
        Hazelcast.shutdownAll();
        assertThat(HazelcastClient.getAllHazelcastClients()).isEmpty();
        BoundNames.clear();
    }

    private static CacheConfiguration configuration(String provider, Path config, String jndiName) {
        return new CacheConfiguration(
                Optional.ofNullable(provider),
                Optional.ofNullable(config),
                "tokens",
                Optional.ofNullable(jndiName),
                Optional.empty(),
                Optional.empty());
    }

    private TokenService service(CacheConfiguration configuration, Grant grant) {
        return new TokenService(
                new Cluster(configuration, "node", Runnable::run, clock),
                Optional.empty(),
                refreshTokens -> grant,
                Runnable::run,
                clock);
    }

    /** Eight threads on each of two servers get one token by one request. */
    private void assertShared(CacheConfiguration configuration) throws Exception {
        try (TokenService a = service(configuration, grantA);
                TokenService b = service(configuration, grantB)) {
            a.source().token(Nodes.request("so that the cache is open"));
            b.source().token(Nodes.request("so that the cache is open here too"));
            int before = grantA.requests() + grantB.requests();
            grantA.hold();
            grantB.hold();
            Crowd<String> crowd = new Crowd<String>()
                    .add(8, () -> a.source().token(REQUEST).value())
                    .add(8, () -> b.source().token(REQUEST).value())
                    .startAndGetStuck();
            grantA.release();
            grantB.release();

            assertThat(crowd.results().stream().distinct()).hasSize(1);
            assertThat(grantA.requests() + grantB.requests()).isEqualTo(before + 1);
        }
    }

    @Test
    void aMapInJndi() throws Exception {
        BoundNames.bind("services/cache/tokens", new ConcurrentHashMap<>());

        assertShared(configuration(null, null, "services/cache/tokens"));
    }

    @Test
    void aMapInJndiThatCannotCompareAndReplace() throws Exception {
        BoundNames.bind("services/cache/tokens", new PlainMap());

        assertShared(configuration(null, null, "services/cache/tokens"));
    }

    @Test
    void aJCacheInJndiThatIsNotClosed() throws Exception {
        try (JCacheProvider provider = new JCacheProvider()) {
            Cache<String, String> cache = CacheBackend.named(provider.getCacheManager(), "somebody else's", false);
            BoundNames.bind("cache/tokens", cache);

            assertShared(configuration(null, null, "cache/tokens"));
            assertThat(cache.isClosed()).isFalse();
        }
    }

    @Test
    void whatIsInJndiAndIsNoCacheIsNamed() throws Exception {
        BoundNames.bind("cache/tokens", "a string");

        assertThatThrownBy(() -> CacheBackend.open(configuration(null, null, "cache/tokens")))
                .hasMessageContaining("tokenCacheJndiName names cache/tokens, which is a java.lang.String");
        try (JCacheProvider provider = new JCacheProvider()) {
            BoundNames.bind(
                    "cache/numbers",
                    provider.getCacheManager()
                            .createCache(
                                    "numbers",
                                    new MutableConfiguration<Long, Long>().setTypes(Long.class, Long.class)));
            assertThatThrownBy(() -> CacheBackend.open(configuration(null, null, "cache/numbers")))
                    .hasMessageContaining("tokenCacheJndiName names cache/numbers")
                    .hasMessageContaining("not for strings");
        }
        assertThatThrownBy(() -> CacheBackend.open(configuration(null, null, "cache/nothing")))
                .hasMessageContaining("tokenCacheJndiName names cache/nothing, and there is nothing");
    }

    @Test
    void anyProviderByItsClass() throws Exception {
        try (TokenService service = service(configuration(JCacheProvider.class.getName(), null, null), grantA)) {
            AccessToken token = service.source().token(REQUEST);

            assertThat(service.source().token(REQUEST)).isEqualTo(token);
            assertThat(grantA.requests()).isEqualTo(1);
        }
    }

    @Test
    void hazelcastByItsClassNeedsItsFile() {
        assertThatThrownBy(() ->
                        CacheBackend.open(configuration("com.hazelcast.cache.HazelcastCachingProvider", null, null)))
                .hasMessageContaining("needs its file in tokenCacheConfig");
    }

    @Test
    void aProviderWithItsOwnFile() throws Exception {
        Path file = Files.writeString(folder.resolve("caffeine.conf"), """
                caffeine.jcache.tokens { policy.maximum.size = 7 }
                """);
        try (CacheBackend cache =
                CacheBackend.open(configuration(CaffeineCachingProvider.class.getName(), file, null))) {
            cache.entries().put("a", "b");

            assertThat(cache.entries().get("a")).isEqualTo("b");
            assertThat(cache.alive()).isTrue();
        }
    }

    @Test
    void aProviderThatIsNoneIsNamedWithTheCure() {
        assertThatThrownBy(() -> CacheBackend.open(configuration("org.example.Missing", null, null)))
                .hasMessageContaining("tokenCacheProvider names org.example.Missing")
                .hasMessageContaining("commonLibraryRef");
        assertThatThrownBy(() -> CacheBackend.open(configuration("java.lang.String", null, null)))
                .hasMessageContaining("java.lang.String, which is no javax.cache.spi.CachingProvider");
    }

    private Path member(String cluster, int port) throws IOException {
        return Files.writeString(folder.resolve("hazelcast.yaml"), """
                hazelcast:
                  cluster-name: %s
                  properties:
                    hazelcast.logging.type: jdk
                    hazelcast.partition.count: 11
                    hazelcast.wait.seconds.before.join: 0
                    hazelcast.socket.bind.any: false
                    hazelcast.shutdownhook.enabled: false
                  network:
                    port:
                      port: %d
                      auto-increment: false
                    join:
                      auto-detection:
                        enabled: false
                      multicast:
                        enabled: false
                    interfaces:
                      enabled: true
                      interfaces:
                        - 127.0.0.1
                """.formatted(cluster, port));
    }

    private Path client(String cluster, int port) throws IOException {
        return Files.writeString(folder.resolve("client.xml"), """
                <hazelcast-client xmlns="http://www.hazelcast.com/schema/client-config">
                  <cluster-name>%s</cluster-name>
                  <properties><property name="hazelcast.logging.type">jdk</property></properties>
                  <network><cluster-members><address>127.0.0.1:%d</address></cluster-members></network>
                  <connection-strategy>
                    <connection-retry><cluster-connect-timeout-millis>2000</cluster-connect-timeout-millis></connection-retry>
                  </connection-strategy>
                </hazelcast-client>
                """.formatted(cluster, port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void clientsOfAHazelcastClusterThatGoesAwayAndComesBack() throws Exception {
        String cluster = UUID.randomUUID().toString();
        int port = freePort();
        Path member = member(cluster, port);
        CacheBackend servers = CacheBackend.open(configuration(null, member, null));
        try (TokenService a = service(configuration(null, client(cluster, port), null), grantA);
                TokenService b = service(configuration(null, client(cluster, port), null), grantB);
                CapturedLog log = CapturedLog.of("org.outlookmail")) {
            String shared = a.source().token(REQUEST).value();
            assertThat(b.source().token(REQUEST).value()).isEqualTo(shared);

            servers.close();
            assertThat(a.source().token(Nodes.request("while it is away")).value())
                    .isNotEqualTo(shared);
            assertThat(a.source().token(Nodes.request("still away")).value()).startsWith("a-token-");
            assertThat(log.records(Level.WARNING))
                    .as("said once")
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.getMessage()).startsWith("OMC-0201"));

            try (CacheBackend again = CacheBackend.open(configuration(null, member, null))) {
                assertThat(again.alive()).isTrue();
                clock.advance(Cluster.REOPENING.plus(Duration.ofSeconds(1)));
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    clock.advance(Cluster.REOPENING);
                    a.source().token(Nodes.request("probe " + clock.instant()));
                    return !log.records(Level.INFO).isEmpty();
                });
                String again1 = a.source().token(Nodes.request("shared again")).value();
                clock.advance(Cluster.REOPENING);
                assertThat(b.source().token(Nodes.request("shared again")).value())
                        .isEqualTo(again1);
            }
        }
    }
}
