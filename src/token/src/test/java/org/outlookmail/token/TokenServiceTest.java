package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

    @Test
    void withoutConfigurationTokensAreCachedInThisJvmAndHazelcastIsNotStarted() throws Exception {
        try (TokenService service = new TokenService(TokenCacheConfiguration.local(), grant, clock)) {
            AccessToken token = service.source().token(Nodes.REQUEST);

            assertThat(service.source().token(Nodes.REQUEST)).isEqualTo(token);
            assertThat(grant.requests()).isEqualTo(1);
            assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
        }
    }

    @Test
    void twoServicesOfOneServerDoNotShareAnEmbeddedCache() throws Exception {
        try (TokenService one = new TokenService(TokenCacheConfiguration.local(), grant, clock);
                TokenService other = new TokenService(TokenCacheConfiguration.local(), grant, clock)) {
            one.source().token(Nodes.REQUEST);
            other.source().token(Nodes.REQUEST);

            assertThat(grant.requests()).isEqualTo(2);
        }
    }

    @Test
    void closingOneServiceLeavesTheOtherWorkingAndASecondCloseDoesNothing() throws Exception {
        TokenService one = new TokenService(TokenCacheConfiguration.local(), grant, clock);
        try (TokenService other = new TokenService(TokenCacheConfiguration.local(), grant, clock);
                CapturedLog log = CapturedLog.of(TokenSource.class)) {
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
        try (TokenService service = new TokenService(
                new TokenCacheConfiguration(Optional.empty(), "tokens", Optional.empty()), grant, clock)) {
            service.source().token(Nodes.REQUEST);

            assertThat(thread.getContextClassLoader()).isSameAs(applications);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
