package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;
import org.outlookmail.token.RefreshTokens.Exchanged;

/** Where refresh tokens lie, and that none is ever lost or used twice. Row M5. */
@Tag("unit")
@Timeout(60)
class RefreshTokensTest {

    private static final TokenRequest REQUEST = request(Optional.empty());

    private final SharedMapProbe cache = new SharedMapProbe();
    private final MapStore store = new MapStore();
    private final SettableClock clock = new SettableClock();
    private CapturedLog log;

    @BeforeEach
    void capture() {
        log = CapturedLog.of("org.outlookmail");
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static TokenRequest request(Optional<String> configured) {
        return Nodes.request(new Credential.Delegated(
                "orders@contoso.com", Optional.empty(), Optional.empty(), configured.map(Secret::of)));
    }

    private RefreshTokens node(String key, String previous) {
        EntryKeys keys = new EntryKeys(
                Optional.of(Secret.of(key)), Optional.ofNullable(previous).map(Secret::of));
        return new RefreshTokens(Nodes.cluster(cache, keys, clock), Optional.of(store));
    }

    private RefreshTokens node() {
        return node("the key", null);
    }

    /** Gives out one refresh token after the other; a used one is good no more. */
    private static final class Provider implements RefreshTokens.Exchange {
        private final AtomicInteger number;
        private final List<String> seen = new ArrayList<>();

        Provider(int first) {
            number = new AtomicInteger(first);
        }

        @Override
        public synchronized Exchanged apply(Secret refreshToken) {
            seen.add(refreshToken.reveal());
            assertThat(refreshToken.reveal()).as("the newest, once").isEqualTo("rt-" + number.get());
            Instant now = Instant.now();
            return new Exchanged(
                    new AccessToken("at", now, now.plusSeconds(3600)),
                    Optional.of(Secret.of("rt-" + number.incrementAndGet())));
        }
    }

    @Test
    void whoHasNotSignedInIsTold() {
        TokenException refusal =
                catchThrowableOfType(TokenException.class, () -> node().exchange(REQUEST, new Provider(1)));

        assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.SIGN_IN_MISSING);
        assertThat(refusal.diagnosis().summary()).contains("orders@contoso.com");
    }

    @Test
    void eachExchangeUsesTheNewestWhicheverNodeObtainedIt() throws Exception {
        Provider provider = new Provider(1);
        node().keep(REQUEST, Secret.of("rt-1"));
        for (int i = 0; i < 5; i++) {
            node().exchange(REQUEST, provider);
        }

        assertThat(provider.seen).containsExactly("rt-1", "rt-2", "rt-3", "rt-4", "rt-5");
    }

    @Test
    void twoNodesWithManyThreadsNeverUseOneTwice() throws Exception {
        Provider provider = new Provider(1);
        RefreshTokens a = node();
        RefreshTokens b = node();
        a.keep(REQUEST, Secret.of("rt-1"));
        new Crowd<AccessToken>()
                .add(6, () -> a.exchange(REQUEST, provider))
                .add(6, () -> b.exchange(REQUEST, provider))
                .start()
                .results();

        assertThat(provider.seen).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void afterTheRestartOfEveryNodeTheStoreHasIt() throws Exception {
        node().keep(REQUEST, Secret.of("rt-1"));
        node().exchange(REQUEST, new Provider(1));
        cache.clear();

        node().exchange(REQUEST, new Provider(2));
        assertThat(cache.entries()).as("and the cluster again").isNotEmpty();
    }

    @Test
    void aStoreThatIsBehindIsBroughtUpToDate() throws Exception {
        node().keep(REQUEST, Secret.of("rt-1"));
        Map<String, String> old = Map.copyOf(store.entries);
        node().exchange(REQUEST, new Provider(1));
        store.entries.clear();
        store.entries.putAll(old);
        node().exchange(REQUEST, new Provider(2));
        cache.clear();

        node().exchange(REQUEST, new Provider(3));
    }

    @Test
    void aConfiguredOneIsTheBeginning() throws Exception {
        TokenRequest configured = request(Optional.of("rt-1"));
        Provider provider = new Provider(1);
        node().exchange(configured, provider);
        node().exchange(configured, provider);

        assertThat(provider.seen).containsExactly("rt-1", "rt-2");
    }

    @Test
    void aConfiguredOneThatIsReplacedWinsOverWhatTheOldOneBecame() throws Exception {
        node().exchange(request(Optional.of("rt-1")), new Provider(1));
        Provider provider = new Provider(51);
        node().exchange(request(Optional.of("rt-51")), provider);
        node().exchange(request(Optional.of("rt-51")), provider);

        assertThat(provider.seen).containsExactly("rt-51", "rt-52");
    }

    @Test
    void aSignInWinsOverAConfiguredOne() throws Exception {
        TokenRequest configured = request(Optional.of("rt-1"));
        node().exchange(configured, new Provider(1));
        node().keep(configured, Secret.of("rt-70"));

        node().exchange(configured, new Provider(70));
    }

    @Test
    void anExchangeThatFailsKeepsWhatThereIs() throws Exception {
        RefreshTokens node = node();
        node.keep(REQUEST, Secret.of("rt-1"));
        assertThat(catchThrowableOfType(
                        TokenException.class,
                        () -> node.exchange(REQUEST, refreshToken -> {
                            throw new TokenException(
                                    Diagnosis.of(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE, "No.", Map.of()),
                                    null,
                                    null);
                        })))
                .isNotNull();

        node.exchange(REQUEST, new Provider(1));
    }

    @Test
    void aStoreThatFailsIsToldOnceAndMailGoesOn() throws Exception {
        RefreshTokens node = node();
        node.keep(REQUEST, Secret.of("rt-1"));
        store.broken = true;
        Provider provider = new Provider(1);
        node.exchange(REQUEST, provider);
        node.exchange(REQUEST, provider);
        assertThat(log.records(Level.WARNING))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.getMessage()).startsWith("OMC-0202").contains("the disk is full"));

        store.broken = false;
        node.exchange(REQUEST, provider);
        assertThat(log.records(Level.INFO)).hasSize(1);
        cache.clear();
        node.exchange(REQUEST, provider);
    }

    @Test
    void withoutTheClusterTheStoreServes() throws Exception {
        node().keep(REQUEST, Secret.of("rt-1"));
        cache.breakDown("*");

        node().exchange(REQUEST, new Provider(1));
        node().exchange(REQUEST, new Provider(2));
    }

    @Test
    void aKeyCanBeReplaced() throws Exception {
        node("old key", null).keep(REQUEST, Secret.of("rt-1"));
        node("new key", "old key").exchange(REQUEST, new Provider(1));
        cache.clear();

        node("new key", null).exchange(REQUEST, new Provider(2));
    }

    @Test
    void neitherTheCacheNorTheStoreShowsAnything() throws Exception {
        node().keep(REQUEST, Secret.of("rt-do-not-show"));

        List<String> visible = new ArrayList<>(store.entries.keySet());
        visible.addAll(store.entries.values());
        visible.addAll(cache.entries().keySet());
        visible.addAll(cache.entries().values());
        assertThat(visible)
                .hasSizeGreaterThan(3)
                .noneMatch(text -> text.contains("do-not-show") || text.contains("orders@contoso.com"));
    }
}
