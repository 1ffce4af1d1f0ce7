package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.management.EventLog;
import org.outlookmail.testkit.CapturedLog;

/** Refusals, dead nodes, interrupted threads, and a cache that is out of order. */
@Tag("unit")
@Timeout(60)
class TokenSourceFailureTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;

    private final Nodes nodes = new Nodes();
    private CapturedLog log;

    @BeforeEach
    void capture() {
        log = CapturedLog.of("org.outlookmail");
    }

    @AfterEach
    void close() {
        nodes.grantA.release();
        nodes.grantB.release();
        log.close();
    }

    private TokenException refusal(TokenSource source) {
        return catchThrowableOfType(TokenException.class, () -> source.token(REQUEST));
    }

    @Test
    void everyWaitingThreadGetsTheRefusalAsAnExceptionOfItsOwn() throws Exception {
        nodes.grantA.refuse(true);
        nodes.grantA.hold();
        Crowd<AccessToken> crowd =
                new Crowd<AccessToken>().add(8, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        nodes.grantA.release();
        List<Throwable> failures = crowd.failures();

        assertThat(failures).hasOnlyElementsOfType(TokenException.class).doesNotHaveDuplicates();
        assertThat(failures).map(TokenException.class::cast).allSatisfy(refusal -> {
            assertThat(refusal.diagnosis().summary()).isEqualTo("Refused: request 1.");
            assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.CLIENT_SECRET_WRONG);
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7));
        });
        assertThat(nodes.requests()).isEqualTo(1);
    }

    @Test
    void aRefusalIsLoggedOnceAsItsDiagnosisWithoutAStackTrace() throws Exception {
        nodes.grantA.refuse(true);
        nodes.grantA.hold();
        Crowd<AccessToken> crowd =
                new Crowd<AccessToken>().add(8, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        nodes.grantA.release();
        crowd.failures();

        assertThat(log.records(Level.WARNING)).singleElement().satisfies(entry -> {
            assertThat(entry.getMessage()).startsWith("OMC-1201: Refused: request 1. Likely cause: ");
            assertThat(entry.getThrown()).isNull();
        });
    }

    @Test
    void aThousandCallersOfARefusedRequestMakeOneAndLearnWhatIsLeftToWait() {
        nodes.grantA.refuse(true);
        assertThat(refusal(nodes.a).retryAfter()).contains(Duration.ofSeconds(7));
        nodes.clock.advance(Duration.ofSeconds(4));

        TokenException last = null;
        for (int i = 0; i < 1000; i++) {
            last = refusal(nodes.a);
        }
        assertThat(last.diagnosis().summary())
                .as("it is no fresh one")
                .isEqualTo("Refused: request 1. (Asked 4 s ago; next try in 3 s.)");
        assertThat(last.diagnosis().details())
                .containsEntry("askedSecondsAgo", "4")
                .containsEntry("nextTryInSeconds", "3");
        assertThat(last.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(nodes.requests()).isEqualTo(1);
    }

    @Test
    void aRefusalEndsByItself() throws Exception {
        nodes.grantA.refuse(true);
        assertThat(refusal(nodes.a)).isNotNull();
        nodes.grantA.refuse(false);
        nodes.clock.advance(Duration.ofSeconds(7));

        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-2");
    }

    @Test
    void whoHasCuredARefusalSeesOneLineThatSaysSo() throws Exception {
        nodes.grantA.refuse(true);
        assertThat(refusal(nodes.a)).isNotNull();
        nodes.grantA.refuse(false);
        nodes.clock.advance(Duration.ofSeconds(7));
        nodes.a.token(REQUEST);

        assertThat(log.lines(Level.INFO))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("gave a token for", "again", "good until")
                        .containsPattern("good until \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
    }

    @Test
    void aChangedSecretDoesNotMeetTheOldOnesRefusal() throws Exception {
        nodes.grantA.refuse(true);
        assertThat(refusal(nodes.a)).isNotNull();
        nodes.grantA.refuse(false);

        assertThat(nodes.a.token(Nodes.request("the new one")).value()).isEqualTo("a-token-2");
    }

    @Test
    void theOtherNodesGetTheRefusalOfTheOneThatAsked() throws Exception {
        nodes.grantA.refuse(true);
        assertThat(refusal(nodes.a)).isNotNull();
        nodes.clock.advance(Duration.ofSeconds(4));
        TokenException shared = refusal(nodes.b);

        assertThat(shared.diagnosis().summary()).isEqualTo("Refused: request 1. (Asked 4 s ago; next try in 3 s.)");
        assertThat(shared.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(nodes.requests()).isEqualTo(1);
        assertThat(log.records(Level.WARNING)).hasSize(1);

        nodes.clock.advance(Duration.ofSeconds(3));
        assertThat(nodes.b.token(REQUEST).value()).isEqualTo("b-token-1");
    }

    @Test
    void aNodeThatWaitsForAnothersRequestGetsItsRefusal() throws Exception {
        nodes.grantA.refuse(true);
        nodes.grantA.hold();
        Crowd<AccessToken> asking =
                new Crowd<AccessToken>().add(1, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        Crowd<AccessToken> waiting =
                new Crowd<AccessToken>().add(4, () -> nodes.b.token(REQUEST)).startAndGetStuck();
        nodes.grantA.release();

        assertThat(asking.failures()).hasOnlyElementsOfType(TokenException.class);
        assertThat(waiting.failures()).hasOnlyElementsOfType(TokenException.class);
        assertThat(nodes.requests()).isEqualTo(1);
    }

    @Test
    void aNodeThatDiedWithTheLeaseHoldsNobodyUpLongerThanTheLease() throws Exception {
        assertThat(nodes.clusterCache().lease(REQUEST, Nodes.MATERIAL).acquire())
                .isTrue();
        Crowd<AccessToken> crowd =
                new Crowd<AccessToken>().add(4, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        nodes.clock.advance(TokenFetch.LEASE.minusMillis(1));
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> nodes.requests() == 0);

        nodes.clock.advance(Duration.ofMillis(1));
        assertThat(crowd.results()).extracting(AccessToken::value).containsOnly("a-token-1");
    }

    @Test
    void whatStandsInTheLeasesPlaceAndIsNoneHoldsNobodyUp() throws Exception {
        nodes.clusterCache().lease(REQUEST, Nodes.MATERIAL).acquire();
        nodes.probe.entries().keySet().forEach(name -> nodes.probe.put(name, "garbage"));

        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-1");
        assertThat(log.records(Level.WARNING)).isEmpty();
    }

    @Test
    void anInterruptedLeaderLeavesTheWorkToTheOthers() throws Exception {
        nodes.clusterCache().lease(REQUEST, Nodes.MATERIAL).acquire();
        Crowd<AccessToken> leader =
                new Crowd<AccessToken>().add(1, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        Crowd<AccessToken> others =
                new Crowd<AccessToken>().add(4, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        leader.thread(0).interrupt();
        List<Throwable> interrupted = leader.failures();
        nodes.clock.advance(TokenFetch.LEASE);

        assertThat(interrupted).singleElement().isInstanceOf(TokenException.class);
        assertThat(interrupted.get(0)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(others.results()).extracting(AccessToken::value).containsOnly("a-token-1");
    }

    @Test
    void anInterruptedThreadKeepsItsInterruptionAndTheOthersTheirToken() throws Exception {
        nodes.grantA.hold();
        Crowd<AccessToken> leader =
                new Crowd<AccessToken>().add(1, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        Crowd<Boolean> waiting = new Crowd<Boolean>()
                .add(1, () -> {
                    TokenException failure = refusal(nodes.a);
                    assertThat(failure.diagnosis().summary()).contains("was interrupted");
                    assertThat(failure.diagnosis().code())
                            .as("no endpoint is to blame")
                            .isEqualTo(DiagnosisCode.INTERRUPTED);
                    return Thread.currentThread().isInterrupted();
                })
                .startAndGetStuck();
        waiting.thread(0).interrupt();

        assertThat(waiting.results()).containsExactly(true);
        nodes.grantA.release();
        assertThat(leader.results()).extracting(AccessToken::value).containsExactly("a-token-1");
    }

    @Test
    void aCacheThatFailsNeverStopsMailAndIsReportedOnce() throws Exception {
        nodes.probe.breakDown("*");
        AccessToken token = nodes.a.token(REQUEST);

        assertThat(nodes.a.replace(REQUEST, token, Duration.ZERO).orElseThrow().value())
                .isEqualTo("a-token-2");
        assertThat(nodes.a.token(Nodes.request("another")).value()).isEqualTo("a-token-3");
        assertThat(nodes.probe.failures()).isGreaterThan(5);
        assertThat(log.records(Level.WARNING)).singleElement().satisfies(entry -> {
            assertThat(entry.getMessage()).startsWith("OMC-0201: ").contains("the cache is out of order");
            assertThat(entry.getThrown()).as("one line").isNull();
        });
    }

    @Test
    void sixteenThreadsMakeOneRequestEvenIfTheCacheFails() throws Exception {
        nodes.probe.breakDown("*");
        nodes.grantA.hold();
        Crowd<AccessToken> crowd =
                new Crowd<AccessToken>().add(16, () -> nodes.a.token(REQUEST)).startAndGetStuck();
        nodes.grantA.release();

        assertThat(crowd.results()).extracting(AccessToken::value).containsOnly("a-token-1");
        assertThat(nodes.requests()).isEqualTo(1);
    }

    @Test
    void aCacheThatRefusesOnlyWritesIsReportedOnceToo() throws Exception {
        nodes.probe.breakDown("put", "putIfAbsent", "replace", "remove");
        for (int i = 1; i <= 3; i++) {
            assertThat(nodes.a.token(Nodes.request("secret " + i)).value()).isEqualTo("a-token-" + i);
        }

        assertThat(log.records(Level.WARNING)).hasSize(1);
        assertThat(log.records(Level.INFO)).isEmpty();
    }

    @Test
    void aCacheWhoseClassesAreMissingStopsNoMailEither() throws Exception {
        Map<String, String> missing = new ConcurrentHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public String get(Object name) {
                throw new NoClassDefFoundError("com/hazelcast/core/HazelcastInstance");
            }
        };
        TokenSource source = new TokenSource(
                Nodes.cluster(missing, new EntryKeys(Optional.empty(), Optional.empty()), nodes.clock),
                nodes.grantA,
                Runnable::run,
                nodes.clock,
                () -> 0,
                EventLog.STANDARD);

        assertThat(source.token(REQUEST).value()).isEqualTo("a-token-1");
        assertThat(log.records(Level.WARNING)).hasSize(1);
    }

    @Test
    void aCacheThatWorksAgainIsUsedAgain() throws Exception {
        nodes.probe.breakDown("*");
        nodes.a.token(REQUEST);
        nodes.probe.breakDown();
        nodes.clock.advance(CountingGrant.LIFE);

        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-2");
        assertThat(nodes.b.token(REQUEST).value()).isEqualTo("a-token-2");
        assertThat(log.records(Level.INFO))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getMessage()).contains("works again"));
    }

    @Test
    void aSecondOutageIsReportedAgain() throws Exception {
        nodes.probe.breakDown("*");
        nodes.a.token(REQUEST);
        nodes.probe.breakDown();
        nodes.a.token(Nodes.request("second"));
        nodes.probe.breakDown("*");
        nodes.a.token(Nodes.request("third"));

        assertThat(log.records(Level.WARNING)).hasSize(2);
    }
}
