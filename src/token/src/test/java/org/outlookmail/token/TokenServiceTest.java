package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.SettableClock;

/** The life of the embedded cache. */
@Tag("unit")
class TokenServiceTest {

    private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

    private final SettableClock clock = new SettableClock();
    private final CountingGrant grant = new CountingGrant("a", clock);

    @BeforeAll
    static void quiet() {
        HAZELCAST.setLevel(Level.SEVERE);
    }

    private TokenService service() {
        return new TokenService(
                new Cluster(CacheConfiguration.local(), "node", Runnable::run, clock),
                Optional.empty(),
                refreshTokens -> grant,
                Runnable::run,
                clock);
    }

    @Test
    void withoutConfigurationTokensAreCachedInThisJvmAndHazelcastIsNotStarted() throws Exception {
        try (TokenService service = service()) {
            AccessToken token = service.source().token(Nodes.REQUEST);

            assertThat(service.source().token(Nodes.REQUEST)).isEqualTo(token);
            assertThat(grant.requests()).isEqualTo(1);
            assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
        }
    }

    @Test
    void twoServicesOfOneServerDoNotShareAnEmbeddedCache() throws Exception {
        try (TokenService one = service();
                TokenService other = service()) {
            one.source().token(Nodes.REQUEST);
            other.source().token(Nodes.REQUEST);

            assertThat(grant.requests()).isEqualTo(2);
        }
    }

    @Test
    void closingOneServiceLeavesTheOtherWorkingAndASecondCloseDoesNothing() throws Exception {
        TokenService one = service();
        try (TokenService other = service();
                CapturedLog log = CapturedLog.of("org.outlookmail")) {
            one.source().token(Nodes.REQUEST);
            other.source().token(Nodes.REQUEST);
            one.close();
            one.close();
            other.source().token(Nodes.request("another"));

            assertThat(log.records(Level.WARNING)).isEmpty();
        }
    }

    @Test
    void theContextClassLoaderOfTheApplicationIsLeftAlone() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader applications = new ClassLoader(before) {};
        thread.setContextClassLoader(applications);
        try (TokenService service = service()) {
            service.source().token(Nodes.REQUEST);

            assertThat(thread.getContextClassLoader()).isSameAs(applications);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
