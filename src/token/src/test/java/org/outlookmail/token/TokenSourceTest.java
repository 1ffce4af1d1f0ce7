package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outlookmail.management.EventLog;
import org.outlookmail.testkit.CapturedLog;

/** Which token is given, and how many requests it costs. */
@Tag("unit")
@Timeout(60)
class TokenSourceTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;

    private final Nodes nodes = new Nodes();
    private CapturedLog log;

    @BeforeEach
    void capture() {
        log = CapturedLog.of(EventLog.class);
    }

    @AfterEach
    void close() {
        log.close();
        nodes.grantA.release();
        nodes.grantB.release();
    }

    @Test
    void aCachedTokenCostsNoRequest() throws Exception {
        AccessToken first = nodes.a.token(REQUEST);

        assertThat(nodes.a.token(REQUEST)).isEqualTo(first);
        assertThat(nodes.requests()).isEqualTo(1);
    }

    @Test
    void aTokenInTheNearCacheDoesNotTouchTheClustersCache() throws Exception {
        AccessToken first = nodes.a.token(REQUEST);
        nodes.probe.breakDown("*");

        assertThat(nodes.a.token(REQUEST)).isEqualTo(first);
        assertThat(nodes.probe.failures()).isZero();
    }

    @Test
    void anotherNodeUsesTheSharedToken() throws Exception {
        AccessToken first = nodes.a.token(REQUEST);

        assertThat(nodes.b.token(REQUEST).value()).isEqualTo(first.value());
        assertThat(nodes.requests()).isEqualTo(1);
    }

    @Test
    void sixteenThreadsOnAColdCacheMakeOneRequest() throws Exception {
        nodes.grantA.hold();
        Crowd<AccessToken> crowd =
                new Crowd<AccessToken>().add(16, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        nodes.grantA.release();

        assertThat(crowd.results()).extracting(AccessToken::value).containsOnly("a-token-1");
        assertThat(nodes.requests()).isEqualTo(1);
    }

    @Test
    void twoNodesWithEightThreadsEachMakeOneRequest() throws Exception {
        nodes.grantA.hold();
        nodes.grantB.hold();
        Crowd<AccessToken> crowd = new Crowd<AccessToken>()
                .add(8, () -> nodes.a.token(REQUEST))
                .add(8, () -> nodes.b.token(REQUEST))
                .startAndGetStuck();
        nodes.grantA.release();
        nodes.grantB.release();

        assertThat(crowd.results()).extracting(AccessToken::value).hasSize(16);
        assertThat(crowd.results().stream().map(AccessToken::value).distinct()).hasSize(1);
        assertThat(nodes.requests()).isEqualTo(1);
    }

    @Test
    void aThreadThatLookedBeforeAnothersFlightLandedMakesNoSecondRequest() throws Exception {
        StoppingClock clock = new StoppingClock();
        TokenSource source = nodes.source(nodes.grantA, clock, Runnable::run, 0);
        source.token(REQUEST);
        nodes.clock.advance(CountingGrant.LIFE);
        nodes.probe.breakDown("*"); // else the cluster's cache would make up for it
        Crowd<AccessToken> crowd = new Crowd<AccessToken>()
                .add(1, () -> {
                    clock.stopThisThread.set(true);
                    return source.token(REQUEST);
                })
                .start();
        await(clock.stopped);
        AccessToken second = source.token(REQUEST);
        clock.goOn.countDown();

        assertThat(crowd.results()).containsExactly(second);
        assertThat(nodes.requests()).isEqualTo(2);
    }

    /** Holds a thread up once it has looked at the time, so when it has found the token in the near cache too old. */
    private final class StoppingClock extends Clock {
        private final ThreadLocal<Boolean> stopThisThread = ThreadLocal.withInitial(() -> false);
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public Instant instant() {
            Instant seen = nodes.clock.instant();
            if (stopThisThread.get()) {
                stopThisThread.set(false);
                stopped.countDown();
                await(goOn);
            }
            return seen;
        }

        @Override
        public ZoneId getZone() {
            return nodes.clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return nodes.clock.withZone(zone);
        }
    }

    @Test
    void anotherSecretIsAnotherToken() throws Exception {
        AccessToken first = nodes.a.token(REQUEST);
        AccessToken second = nodes.a.token(Nodes.request("another-client-secret"));

        assertThat(second.value()).isNotEqualTo(first.value());
        assertThat(nodes.b.token(Nodes.request("another-client-secret")).value())
                .isEqualTo(second.value());
        assertThat(nodes.requests()).isEqualTo(2);
    }

    @Test
    void aTokenNearItsEndIsReplacedAndOneFurtherFromItIsNot() throws Exception {
        nodes.a.token(REQUEST);
        nodes.clock.advance(CountingGrant.LIFE.minus(TokenSource.MARGIN));
        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-1");

        nodes.clock.advance(Duration.ofMillis(1));
        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-2");
        assertThat(nodes.b.token(REQUEST).value()).isEqualTo("a-token-2");
        assertThat(nodes.requests()).isEqualTo(2);
    }

    @Test
    void aRefusedTokenIsReplacedInTheWholeClusterByOneRequest() throws Exception {
        AccessToken rejected = nodes.a.token(REQUEST);
        AccessToken same = nodes.b.token(REQUEST);
        AccessToken other = nodes.a.replace(REQUEST, rejected, Duration.ZERO).orElseThrow();

        assertThat(other.value()).isEqualTo("a-token-2");
        assertThat(nodes.a.token(REQUEST)).isEqualTo(other);
        assertThat(nodes.b.replace(REQUEST, same, Duration.ZERO))
                .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo(other.value()));
        assertThat(nodes.b.token(REQUEST).value()).isEqualTo(other.value());
        assertThat(nodes.requests()).isEqualTo(2);
    }

    @Test
    void sixteenThreadsThatAreRefusedWithTheSameTokenMakeOneRequest() throws Exception {
        AccessToken rejected = nodes.a.token(REQUEST);
        nodes.b.token(REQUEST);
        nodes.grantA.hold();
        nodes.grantB.hold();
        Crowd<String> crowd = new Crowd<String>()
                .add(
                        8,
                        () -> nodes.a
                                .replace(REQUEST, rejected, Duration.ZERO)
                                .orElseThrow()
                                .value())
                .add(
                        8,
                        () -> nodes.b
                                .replace(REQUEST, rejected, Duration.ZERO)
                                .orElseThrow()
                                .value())
                .startAndGetStuck();
        nodes.grantA.release();
        nodes.grantB.release();

        assertThat(crowd.results().stream().distinct()).hasSize(1).doesNotContain(rejected.value());
        assertThat(nodes.requests()).isEqualTo(2);
    }

    @Test
    void replacingAnOldTokenDoesNotRemoveTheNewerOne() throws Exception {
        AccessToken old = nodes.a.token(REQUEST);
        AccessToken newer = nodes.a.replace(REQUEST, old, Duration.ZERO).orElseThrow();

        assertThat(nodes.a.replace(REQUEST, old, Duration.ZERO)).contains(newer);
        assertThat(nodes.b.replace(REQUEST, old, Duration.ZERO))
                .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo(newer.value()));
        assertThat(nodes.requests()).isEqualTo(2);
    }

    @Test
    void aThreadThatAsksDuringAReplacementDoesNotBringTheTokenBack() throws Exception {
        AccessToken rejected = nodes.a.token(REQUEST);
        Crowd<AccessToken> another = new Crowd<AccessToken>().add(1, () -> nodes.a.token(REQUEST));
        nodes.probe.before("remove", another::startAndGetStuck);

        assertThat(nodes.a.replace(REQUEST, rejected, Duration.ZERO)).isPresent();
        assertThat(nodes.a.token(REQUEST).value()).isNotEqualTo(rejected.value());
        assertThat(another.results()).doesNotContain(rejected);
        assertThat(nodes.requests()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
