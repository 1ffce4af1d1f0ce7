package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that mail servers refuse: when another one is asked for, by whom, and how often. */
@Tag("unit")
@Timeout(60)
class ReplacementTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final Nodes nodes = new Nodes();

    @AfterEach
    void release() {
        nodes.grantA.release();
        nodes.grantB.release();
    }

    private AccessToken replaced(TokenSource node, Duration patience) throws TokenException {
        return node.replace(REQUEST, node.token(REQUEST), patience).orElseThrow();
    }

    @Test
    void aTokenThatIsRevokedAgainWithinFiveMinutesIsReplacedAgain() throws Exception {
        replaced(nodes.a, AT_ONCE);
        nodes.clock.advance(Duration.ofMinutes(1));
        AccessToken third = replaced(nodes.a, AT_ONCE);

        assertThat(nodes.a.token(REQUEST)).isEqualTo(third);
        assertThat(nodes.b.token(REQUEST).value()).isEqualTo(third.value());
        assertThat(nodes.requests()).isEqualTo(3);
    }

    @Test
    void thePauseGrowsFromFiveSecondsToFiveMinutesSoThatEntraNeverSeesALoop() throws Exception {
        Instant start = nodes.clock.instant();
        nodes.a.token(REQUEST);
        List<Long> pauses = new ArrayList<>();
        Instant last = start;
        for (int second = 0; second < 1_000; second++) {
            // An application that tries every second, on one node and the other.
            TokenSource node = second % 2 == 0 ? nodes.a : nodes.b;
            Optional<AccessToken> other = node.replace(REQUEST, node.token(REQUEST), AT_ONCE);
            if (other.isPresent() && nodes.requests() == pauses.size() + 2) {
                pauses.add(Duration.between(last, nodes.clock.instant()).toSeconds());
                last = nodes.clock.instant();
            }
            nodes.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(pauses).containsExactly(0L, 5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
        assertThat(nodes.requests()).isEqualTo(10);
    }

    @Test
    void thePauseBelongsToTheCluster() throws Exception {
        AccessToken second = replaced(nodes.a, AT_ONCE);
        Instant due = nodes.clock.instant().plus(Replacement.FIRST);

        assertThat(nodes.b.replace(REQUEST, nodes.b.token(REQUEST), AT_ONCE)).isEmpty();
        assertThat(nodes.a.replace(REQUEST, second, AT_ONCE)).isEmpty();
        assertThat(nodes.a.pausedUntil(REQUEST)).contains(due);
        assertThat(nodes.b.pausedUntil(REQUEST)).contains(due);
        assertThat(nodes.requests()).isEqualTo(2);

        nodes.clock.advance(Replacement.FIRST);
        assertThat(nodes.b.pausedUntil(REQUEST)).isEmpty();
        AccessToken third = replaced(nodes.b, AT_ONCE);
        assertThat(nodes.a.replace(REQUEST, second, AT_ONCE))
                .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo(third.value()));
        assertThat(nodes.a.pausedUntil(REQUEST))
                .contains(nodes.clock.instant().plus(Replacement.FIRST.multipliedBy(2)));
        assertThat(nodes.requests()).isEqualTo(3);
    }

    @Test
    void duringThePauseTheTokenStaysForThoseWhomItServes() throws Exception {
        AccessToken second = replaced(nodes.a, AT_ONCE);
        assertThat(nodes.a.replace(REQUEST, second, AT_ONCE)).isEmpty();

        assertThat(nodes.a.token(REQUEST)).isEqualTo(second);
        assertThat(nodes.b.token(REQUEST).value()).isEqualTo(second.value());
        assertThat(nodes.requests()).isEqualTo(2);
    }

    @Test
    void thirtyTwoCallersOnTwoNodesWaitForTheEndOfThePauseAndMakeOneRequest() throws Exception {
        AccessToken second = replaced(nodes.a, AT_ONCE);
        nodes.b.token(REQUEST);
        Crowd<String> crowd = new Crowd<String>()
                .add(
                        16,
                        () -> nodes.a
                                .replace(REQUEST, second, PATIENT)
                                .orElseThrow()
                                .value())
                .add(
                        16,
                        () -> nodes.b
                                .replace(REQUEST, second, PATIENT)
                                .orElseThrow()
                                .value())
                .startAndGetStuck();
        assertThat(nodes.requests()).isEqualTo(2);
        nodes.clock.advance(Replacement.FIRST);

        assertThat(crowd.results().stream().distinct()).hasSize(1).doesNotContain(second.value());
        assertThat(nodes.requests()).isEqualTo(3);
    }

    @Test
    void whoHasNoPatienceForTheWholePauseDoesNotWaitAtAll() throws Exception {
        AccessToken second = replaced(nodes.a, AT_ONCE);
        Duration less = Replacement.FIRST.minusMillis(1);

        // The clock stands still: only who does not wait for it comes back before the test's own timeout.
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(nodes.a.replace(REQUEST, second, less)).isEmpty();
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingIsToldSo() throws Exception {
        AccessToken second = replaced(nodes.a, AT_ONCE);
        Crowd<Boolean> crowd = new Crowd<Boolean>()
                .add(1, () -> {
                    assertThatThrownBy(() -> nodes.a.replace(REQUEST, second, PATIENT))
                            .isInstanceOf(TokenException.class)
                            .hasMessageContaining("interrupted");
                    return Thread.currentThread().isInterrupted();
                })
                .startAndGetStuck();
        crowd.thread(0).interrupt();

        assertThat(crowd.results()).containsExactly(true);
    }

    @Test
    void aQuarterOfAnHourLaterARefusalIsAFirstOneAgain() throws Exception {
        for (int times = 0; times < 3; times++) {
            replaced(nodes.a, AT_ONCE);
            nodes.clock.advance(Replacement.LONGEST);
        }
        nodes.clock.advance(Replacement.FORGOTTEN);
        replaced(nodes.a, AT_ONCE);

        assertThat(nodes.a.pausedUntil(REQUEST)).contains(nodes.clock.instant().plus(Replacement.FIRST));
    }

    @Test
    void theGrowthOutlivesTheTokensOfItsTime() throws Exception {
        replaced(nodes.a, AT_ONCE);
        nodes.clock.advance(Replacement.FIRST);
        AccessToken third = replaced(nodes.a, AT_ONCE);
        nodes.clusterCache().remove(REQUEST, Nodes.MATERIAL, third); // as if it had come to its end
        nodes.clock.advance(Replacement.FORGOTTEN.dividedBy(2));
        replaced(nodes.b, AT_ONCE);

        assertThat(nodes.b.pausedUntil(REQUEST))
                .contains(nodes.clock.instant().plus(Replacement.FIRST.multipliedBy(4)));
    }

    @Test
    void withoutTheClustersCacheEachNodeKeepsItsOwnPause() throws Exception {
        nodes.probe.breakDown("*");
        AccessToken second = replaced(nodes.a, AT_ONCE);

        assertThat(nodes.a.replace(REQUEST, second, AT_ONCE)).isEmpty();
        assertThat(nodes.requests()).isEqualTo(2);
        nodes.clock.advance(Replacement.FIRST);
        assertThat(nodes.a.replace(REQUEST, second, AT_ONCE)).isPresent();
    }

    @Test
    void aNodeWhoseClockIsFarAheadStopsNobodyElse() throws Exception {
        nodes.a.token(REQUEST);
        nodes.clusterCache()
                .put(
                        REQUEST,
                        Nodes.MATERIAL,
                        new Replacement(9, nodes.clock.instant().plus(Duration.ofDays(1))));

        assertThat(replaced(nodes.a, AT_ONCE).value()).isEqualTo("a-token-2");
    }

    @Test
    void aProviderThatRefusesTheReplacementIsNotAskedInTheSameBreath() throws Exception {
        AccessToken first = nodes.a.token(REQUEST);
        nodes.grantA.refuse(true);
        assertThatThrownBy(() -> nodes.a.replace(REQUEST, first, PATIENT)).isInstanceOf(TokenException.class);
        assertThatThrownBy(() -> nodes.b.token(REQUEST))
                .as("nobody gets the refused token any more")
                .isInstanceOf(TokenException.class);
        assertThat(nodes.requests()).isEqualTo(2);

        nodes.grantA.refuse(false);
        nodes.clock.advance(Duration.ofSeconds(7));
        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-3");
    }

    @Test
    void anotherCredentialIsNotHeldUp() throws Exception {
        replaced(nodes.a, AT_ONCE);
        TokenRequest other = Nodes.request("another-client-secret");

        assertThat(nodes.a.replace(other, nodes.a.token(other), AT_ONCE)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0\n1", "1\n", "1\n2\n3", "-1\n5", "x\ny", "1\n99999999999999999999"})
    void anEntryOfAnotherVersionCountsAsNone(String text) {
        assertThat(Replacement.read(text)).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        Replacement written = new Replacement(3, Instant.ofEpochMilli(1_790_000_000_123L));

        assertThat(Replacement.read(written.write())).contains(written);
    }
}
