package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.PlainMap;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;
import org.outlookmail.token.RefreshTokens.Exchanged;

/**
 * A provider that ends the sign-in when a spent refresh token comes again: it gets none, whatever is slow, away, interrupted
 * or stopped meanwhile.
 */
@Tag("unit")
@Timeout(60)
class RefreshTokenFaultsTest {

    private static final TokenRequest REQUEST = request(null);

    private final SharedMapProbe cache = new SharedMapProbe();
    private final MapStore store = new MapStore();
    private final SettableClock clock = new SettableClock();
    private final CapturedLog log = CapturedLog.of("org.outlookmail");
    private final List<String> presented = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        log.close();
    }

    private static TokenRequest request(String configured) {
        return Nodes.request(new Credential.Delegated(
                "orders@contoso.com",
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(configured).map(Secret::of)));
    }

    private Cluster cluster(Map<String, String> shared, String key, String previous) {
        return Nodes.cluster(
                shared,
                new EntryKeys(
                        Optional.of(Secret.of(key)),
                        Optional.ofNullable(previous).map(Secret::of)),
                clock);
    }

    private RefreshTokens node() {
        return new RefreshTokens(cluster(cache, "the key", null), Optional.of(store));
    }

    /** A provider's answer; what was presented is good no more. */
    private Exchanged rotated(Secret refreshToken) {
        assertThat(presented).doesNotContain(refreshToken.reveal());
        presented.add(refreshToken.reveal());
        Instant now = clock.instant();
        return new Exchanged(
                new AccessToken("at", now, now.plusSeconds(3600)), Optional.of(Secret.of(refreshToken.reveal() + "+")));
    }

    /** An exchange that is under way until it is let go. */
    private final class Slow implements RefreshTokens.Exchange {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public Exchanged apply(Secret refreshToken) {
            begun.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
                    break;
                } catch (InterruptedException later) {
                    interrupted = true; // a blocking socket does not notice either
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return rotated(refreshToken);
        }
    }

    private static CompletableFuture<AccessToken> exchanging(RefreshTokens node, RefreshTokens.Exchange exchange) {
        CompletableFuture<AccessToken> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(node.exchange(REQUEST, exchange));
            } catch (TokenException | RuntimeException | AssertionError failure) {
                result.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static DiagnosisCode refusal(RefreshTokens node, TokenRequest request, RefreshTokens.Exchange exchange) {
        return catchThrowableOfType(TokenException.class, () -> node.exchange(request, exchange))
                .diagnosis()
                .code();
    }

    @Test
    void anExchangeThatTakesLongerThanTheLeaseIsNotRepeatedByAnotherNode() throws Exception {
        Cluster first = cluster(cache, "the key", null);
        RefreshTokens a = new RefreshTokens(first, Optional.of(store));
        RefreshTokens b = node();
        a.keep(REQUEST, Secret.of("rt"));
        Slow slow = new Slow();
        CompletableFuture<AccessToken> one = exchanging(a, slow);
        assertThat(slow.begun.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<AccessToken> other = exchanging(b, this::rotated);
        for (int seconds = 0; seconds < 48; seconds += 12) {
            clock.advance(Duration.ofSeconds(12));
            TimeUnit.MILLISECONDS.sleep(800); // the period of a renewal, by the watch
            first.tick();
        }
        assertThat(other).isNotDone();
        assertThat(presented).isEmpty();
        slow.end.countDown();

        one.get(10, TimeUnit.SECONDS);
        other.get(10, TimeUnit.SECONDS);
        assertThat(presented).containsExactly("rt", "rt+");
    }

    @Test
    void aStopWaitsForTheExchangeAndThenThereAreNoMore() throws Exception {
        RefreshTokens node = node();
        node.keep(REQUEST, Secret.of("rt"));
        Slow slow = new Slow();
        CompletableFuture<AccessToken> last = exchanging(node, slow);
        assertThat(slow.begun.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(node::close);
        await().during(Duration.ofMillis(300)).until(() -> !stop.isDone());
        slow.end.countDown();
        stop.get(10, TimeUnit.SECONDS);

        assertThat(last.get(10, TimeUnit.SECONDS).value()).isEqualTo("at");
        assertThat(refusal(node, REQUEST, this::rotated)).isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        cache.clear();
        node().exchange(REQUEST, this::rotated);
        assertThat(presented).containsExactly("rt", "rt+");
    }

    @Test
    void aStoreThatCannotBeReadIsNotAnEmptyOne() throws Exception {
        node().keep(REQUEST, Secret.of("rt"));
        cache.clear();
        store.broken = true;

        assertThat(refusal(node(), REQUEST, this::rotated)).isEqualTo(DiagnosisCode.TOKEN_STORE_UNUSABLE);
        store.broken = false;
        node().exchange(REQUEST, this::rotated);
        assertThat(presented).containsExactly("rt");
    }

    @Test
    void aConfiguredTokenIsNotPresentedAgainBecauseTheStoreCannotBeRead() throws Exception {
        TokenRequest configured = request("rt");
        node().exchange(configured, this::rotated);
        cache.clear();
        store.broken = true;

        assertThat(refusal(node(), configured, this::rotated)).isEqualTo(DiagnosisCode.TOKEN_STORE_UNUSABLE);
        assertThat(presented).containsExactly("rt");
    }

    @Test
    void aSignInWhileTheStoreIsAwayWinsOverWhatTheStoreHolds() throws Exception {
        RefreshTokens before = node();
        before.keep(REQUEST, Secret.of("old"));
        for (int i = 0; i < 5; i++) {
            before.exchange(REQUEST, this::rotated);
        }
        cache.clear();
        store.broken = true;
        clock.advance(Duration.ofMinutes(1));
        RefreshTokens restarted = node();
        restarted.keep(REQUEST, Secret.of("signed in"));
        assertThat(restarted.unsaved()).isTrue();
        restarted.exchange(REQUEST, this::rotated);
        store.broken = false;
        restarted.saveAgain();
        assertThat(restarted.unsaved()).isFalse();
        cache.clear();

        node().exchange(REQUEST, this::rotated);
        assertThat(presented).endsWith("signed in", "signed in+").hasSize(7);
    }

    @Test
    void aSignInDuringAnExchangeIsNotOverwrittenByIt() throws Exception {
        RefreshTokens a = node();
        RefreshTokens b = node();
        a.keep(REQUEST, Secret.of("rt"));
        Slow slow = new Slow();
        CompletableFuture<AccessToken> exchange = exchanging(a, slow);
        assertThat(slow.begun.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> signIn = CompletableFuture.runAsync(() -> {
            try {
                b.keep(REQUEST, Secret.of("signed in"));
            } catch (TokenException refused) {
                throw new IllegalStateException(refused);
            }
        });
        await().during(Duration.ofMillis(200)).until(() -> !signIn.isDone());
        slow.end.countDown();
        exchange.get(10, TimeUnit.SECONDS);
        signIn.get(10, TimeUnit.SECONDS);

        a.exchange(REQUEST, this::rotated);
        assertThat(presented).containsExactly("rt", "signed in");
    }

    @Test
    void whatCameIsStoredThoughTheThreadIsInterruptedAndTheInterruptionIsPassedOn() throws Exception {
        node().keep(REQUEST, Secret.of("rt"));
        store.failsWhenInterrupted = true;
        RefreshTokens node = node();
        node.exchange(REQUEST, refreshToken -> {
            Thread.currentThread().interrupt();
            return rotated(refreshToken);
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(node.unsaved()).isFalse();
        cache.clear();
        node().exchange(REQUEST, this::rotated);
        assertThat(presented).containsExactly("rt", "rt+");
    }

    /** A rolling change of tokenCacheKey: servers with the old one only, with both, and with the new one only. */
    @Test
    void whileTheKeyIsReplacedServersWithEitherSeeTheNewest() throws Exception {
        RefreshTokens old = new RefreshTokens(cluster(cache, "old key", null), Optional.of(store));
        RefreshTokens both = new RefreshTokens(cluster(cache, "new key", "old key"), Optional.of(store));
        RefreshTokens latest = new RefreshTokens(cluster(cache, "new key", null), Optional.of(store));
        old.keep(REQUEST, Secret.of("rt"));
        both.exchange(REQUEST, this::rotated);
        old.exchange(REQUEST, this::rotated);
        both.exchange(REQUEST, this::rotated);
        latest.exchange(REQUEST, this::rotated);
        both.exchange(REQUEST, this::rotated);

        assertThat(presented).containsExactly("rt", "rt+", "rt++", "rt+++", "rt++++");
    }

    @Test
    void aMapThatCannotExcludeOthersIsRefusedUnlessThereIsAStore() throws Exception {
        RefreshTokens without = new RefreshTokens(cluster(new PlainMap(), "the key", null), Optional.empty());
        TokenException refused =
                catchThrowableOfType(TokenException.class, () -> without.exchange(request("rt"), this::rotated));
        assertThat(refused.diagnosis().code()).isEqualTo(DiagnosisCode.CLUSTER_MAP_NOT_ATOMIC);
        assertThat(refused.diagnosis().cure()).contains("tokenStoreDataSource", "tokenStoreFile");
        assertThat(presented).isEmpty();

        new RefreshTokens(cluster(new PlainMap(), "the key", null), Optional.of(store))
                .exchange(request("rt"), this::rotated);
        assertThat(presented).containsExactly("rt");
    }
}
