package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.cluster.CacheBackend;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.SettableClock;

/** Real Hazelcast members on the loopback interface. */
@Tag("unit")
@Timeout(120)
class HazelcastCacheTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;
    private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");
    private static final String TYPES =
            "<key-type class-name='java.lang.String'/><value-type class-name='java.lang.String'/>";

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
    void noMemberIsLeft() {
        assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
    }

    private static CacheConfiguration configuration(Path file) {
        return new CacheConfiguration(
                Optional.empty(), Optional.of(file), "tokens", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private TokenService service(Path file, Grant grant) {
        return new TokenService(
                new Cluster(configuration(file), "node", Runnable::run, clock),
                Optional.empty(),
                refreshTokens -> grant,
                Runnable::run,
                clock);
    }

    /** Members that find each other on two free ports and wait for nobody else. */
    private Path configuration(String cache) throws IOException {
        return configuration(cache, freePort(), freePort(), "");
    }

    private Path configuration(String cache, int first, int second, String further) throws IOException {
        return Files.writeString(folder.resolve("hazelcast.xml"), """
                <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                  <cluster-name>%s</cluster-name>
                  <properties>
                    <property name="hazelcast.logging.type">jdk</property>
                    <property name="hazelcast.wait.seconds.before.join">0</property>
                    <property name="hazelcast.partition.count">11</property>
                    <property name="hazelcast.socket.bind.any">false</property>
                    <property name="hazelcast.shutdownhook.enabled">false</property>
                    %s
                  </properties>
                  <network>
                    <port auto-increment="true" port-count="%d">%d</port>
                    <join>
                      <auto-detection enabled="false"/>
                      <multicast enabled="false"/>
                      <tcp-ip enabled="true">
                        <member>127.0.0.1:%d</member>
                        <member>127.0.0.1:%d</member>
                      </tcp-ip>
                    </join>
                    <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
                  </network>
                  %s
                </hazelcast>
                """.formatted(
                        UUID.randomUUID(),
                        further,
                        Math.abs(second - first) + 1,
                        Math.min(first, second),
                        first,
                        second,
                        cache));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void twoMembersShareEachTokenAndTheOneThatStaysGoesOn() throws Exception {
        Path file = configuration("<cache name='tokens'>" + TYPES + "<backup-count>1</backup-count></cache>");
        try (TokenService b = service(file, grantB)) {
            AccessToken shared;
            try (TokenService a = service(file, grantA)) {
                shared = a.source().token(REQUEST);
                assertThat(b.source().token(REQUEST).value()).isEqualTo(shared.value());
                assertThat(Hazelcast.getAllHazelcastInstances())
                        .hasSize(2)
                        .allSatisfy(member ->
                                assertThat(member.getCluster().getMembers()).hasSize(2));
                assertThat(grantA.requests() + grantB.requests()).isEqualTo(1);

                assertThat(tokensOfACrowd(a, b)).hasSize(1);
                assertThat(grantA.requests() + grantB.requests()).isEqualTo(2);
            }
            int before = grantB.requests();
            assertThat(b.source()
                            .replace(REQUEST, shared, Duration.ZERO)
                            .orElseThrow()
                            .value())
                    .startsWith("b-token-");
            assertThat(b.source().token(Nodes.request("another")).value()).startsWith("b-token-");
            assertThat(grantB.requests()).isEqualTo(before + 2);
        }
    }

    /** The different tokens that eight threads get which ask at the same moment, four on each member. */
    private Set<String> tokensOfACrowd(TokenService a, TokenService b) throws Exception {
        TokenRequest request = Nodes.request("of the crowd");
        grantA.hold();
        grantB.hold();
        Crowd<String> crowd = new Crowd<String>()
                .add(4, () -> a.source().token(request).value())
                .add(4, () -> b.source().token(request).value())
                .startAndGetStuck();
        grantA.release();
        grantB.release();
        return Set.copyOf(crowd.results());
    }

    @Test
    void aCacheThatTheFileDefinesWithoutTypesServesToo() throws Exception {
        Path file = configuration("<cache name='tokens'><backup-count>1</backup-count></cache>");
        try (CacheBackend cache = CacheBackend.open(configuration(file))) {
            cache.entries().put("key", "value");

            assertThat(cache.entries().get("key")).isEqualTo("value");
        }
    }

    /** Whoever has put an object where a string belongs wants its code to run here. */
    private static final class Intruder implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicBoolean MADE = new AtomicBoolean();

        private void readObject(ObjectInputStream in) {
            MADE.set(true);
        }
    }

    @Test
    void anObjectInPlaceOfAStringIsNotMade() throws Exception {
        Path file = configuration("<cache name='tokens'><backup-count>1</backup-count></cache>");
        Config theirs = Config.loadFromFile(file.toFile());
        try (CacheBackend cache = CacheBackend.open(configuration(file))) {
            HazelcastInstance other = Hazelcast.newHazelcastInstance(theirs);
            try {
                other.getCacheManager().getCache("tokens").put("key", new Intruder());

                assertThatThrownBy(() -> cache.entries().get("key")).hasMessageContaining("Intruder");
                assertThat(Intruder.MADE).isFalse();
            } finally {
                other.shutdown();
            }
        }
    }

    @Test
    void aCacheOfOtherTypesIsRefusedAndLeavesNoMemberBehind() throws Exception {
        Path file = configuration("<cache name='tokens'><key-type class-name='java.lang.Long'/>"
                + "<value-type class-name='java.lang.Long'/></cache>");

        assertThatThrownBy(() -> CacheBackend.open(configuration(file)).close()).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aBadFileStopsNoMailAndIsTriedAgainAfterAWhileOnly() throws Exception {
        Path file = Files.writeString(folder.resolve("hazelcast.xml"), "<hazelcast><nonsense/></hazelcast>");
        try (TokenService service = service(file, grantA);
                CapturedLog log = CapturedLog.of("org.outlookmail")) {
            assertThat(service.source().token(REQUEST).value()).isEqualTo("a-token-1");
            configuration("");
            clock.advance(Cluster.REOPENING.minus(Duration.ofMillis(1)));
            service.source().token(Nodes.request("too soon"));
            assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
            assertThat(log.records(Level.WARNING)).singleElement().satisfies(entry -> {
                assertThat(entry.getMessage()).startsWith("OMC-0201").contains("cause=");
                assertThat(entry.getThrown()).as("one line").isNull();
            });

            clock.advance(Duration.ofMillis(1));
            service.source().token(Nodes.request("now"));
            assertThat(Hazelcast.getAllHazelcastInstances()).hasSize(1);
            assertThat(log.lines(Level.INFO))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).contains("works again"),
                            line -> assertThat(line).contains("is open: Hazelcast, 1 member."));
        }
    }

    /** Somebody else's server has the port of a member that is looked for, takes the connection and says nothing. */
    @Test
    void whoeverListensWhereAMemberIsLookedForHoldsMailUpNoLongerThanAJoinMayTake() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Path file = configuration(
                    "", freePort(), silent.getLocalPort(), "<property name='hazelcast.max.join.seconds'>2</property>");
            try (CapturedLog log = CapturedLog.of("org.outlookmail");
                    TokenService alone = service(file, grantA)) {
                assertThat(alone.source().token(REQUEST).value()).isEqualTo("a-token-1");
                assertThat(log.lines(Level.WARNING)).singleElement().asString().contains("OMC-0201");
            }
        }
    }

    @Test
    void aJoinTakesHalfAMinuteAtMostUnlessTheFileSaysOtherwise() throws Exception {
        try (TokenService member = service(configuration(""), grantA)) {
            member.source().token(REQUEST);
            assertThat(Hazelcast.getAllHazelcastInstances())
                    .singleElement()
                    .extracting(instance -> instance.getConfig().getProperty("hazelcast.max.join.seconds"))
                    .isEqualTo("30");
        }
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        Path missing = folder.resolve("missing.xml");

        assertThatThrownBy(() -> CacheBackend.open(configuration(missing)).close())
                .hasMessageContaining("missing.xml");
    }
}
