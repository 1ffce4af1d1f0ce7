package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.testkit.CapturedLog;

/** Tokens that are replaced before they end, off the callers' path. Row T1. */
@Tag("unit")
@Timeout(60)
class RefreshAheadTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;

    /** Without jitter: a third of an eighth of the hour before the margin. A test's token lives a little longer. */
    private static final Duration UNTIL_DUE = CountingGrant.LIFE
            .minus(TokenSource.MARGIN)
            .minus(Duration.ofSeconds(150))
            .plusMillis(1);

    private final Nodes nodes = new Nodes();
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private CapturedLog log;

    @BeforeEach
    void capture() {
        log = CapturedLog.of("org.outlookmail");
    }

    @AfterEach
    void close() {
        log.close();
    }

    private TokenSource queueing() {
        return nodes.source(nodes.grantA, nodes.clock, queue::add, 0);
    }

    private void work() {
        while (!queue.isEmpty()) {
            queue.pop().run();
        }
    }

    @Test
    void aTokenInUseIsRefreshedOnTheExecutorWhileTheOldOneServes() throws Exception {
        TokenSource source = queueing();
        source.token(REQUEST);
        nodes.clock.advance(UNTIL_DUE.minusMillis(1));
        source.tick();
        assertThat(queue).isEmpty();

        nodes.clock.advance(Duration.ofMillis(1));
        source.tick();
        source.tick();
        assertThat(queue).as("once, however often it is looked").hasSize(1);
        assertThat(source.token(REQUEST).value()).isEqualTo("a-token-1");
        assertThat(nodes.requests()).isEqualTo(1);

        work();
        assertThat(source.token(REQUEST).value()).isEqualTo("a-token-2");
        assertThat(nodes.requests()).isEqualTo(2);
    }

    @Test
    void aTokenThatNobodyAsksForAnyMoreIsLetGo() throws Exception {
        nodes.a.token(REQUEST);
        nodes.clock.advance(UNTIL_DUE);
        nodes.a.tick();
        assertThat(nodes.requests()).isEqualTo(2);

        nodes.clock.advance(UNTIL_DUE);
        nodes.a.tick();
        nodes.clock.advance(CountingGrant.LIFE);
        nodes.a.tick();
        assertThat(nodes.requests()).as("the second was never used").isEqualTo(2);
    }

    @Test
    void oneNodeRefreshesAndTheOtherAdoptsItsToken() throws Exception {
        nodes.a.token(REQUEST);
        nodes.b.token(REQUEST);
        nodes.clock.advance(UNTIL_DUE);
        nodes.a.tick();
        nodes.b.tick();

        assertThat(nodes.requests()).isEqualTo(2);
        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-2");
        assertThat(nodes.b.token(REQUEST).value()).isEqualTo("a-token-2");
    }

    @Test
    void aNodeDoesNotWaitForTheOneThatRefreshes() throws Exception {
        nodes.a.token(REQUEST);
        nodes.clock.advance(UNTIL_DUE);
        nodes.clusterCache().lease(REQUEST, Nodes.MATERIAL).acquire();
        nodes.a.tick();

        assertThat(nodes.requests()).isEqualTo(1);
        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-1");
    }

    @Test
    void theMomentDiffersFromNodeToNode() throws Exception {
        TokenSource early = nodes.source(nodes.grantA, nodes.clock, queue::add, 1);
        early.token(REQUEST);
        nodes.clock.advance(UNTIL_DUE.minus(Duration.ofMinutes(5)));
        early.tick();

        assertThat(queue).hasSize(1);
    }

    @Test
    void aRefreshThatFailsIsToldOnceAndTheTokenAtHandServesToItsEnd() throws Exception {
        nodes.a.token(REQUEST);
        nodes.grantA.refuse(true);
        nodes.clock.advance(UNTIL_DUE);
        nodes.a.tick();
        nodes.a.tick();
        nodes.a.tick();

        assertThat(nodes.requests()).as("the refusal stands").isEqualTo(2);
        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-1");
        assertThat(log.records(Level.WARNING)).hasSize(1);

        nodes.grantA.refuse(false);
        nodes.clock.advance(Duration.ofSeconds(7));
        nodes.a.tick();
        assertThat(nodes.a.token(REQUEST).value()).isEqualTo("a-token-3");
    }

    @Test
    void anExecutorWithoutThreadsMakesTheNextTickTryAgain() throws Exception {
        boolean[] busy = {true};
        TokenSource source = nodes.source(
                nodes.grantA,
                nodes.clock,
                task -> {
                    if (busy[0]) {
                        throw new RejectedExecutionException("busy");
                    }
                    task.run();
                },
                0);
        source.token(REQUEST);
        nodes.clock.advance(UNTIL_DUE);
        source.tick();
        assertThat(nodes.requests()).isEqualTo(1);

        busy[0] = false;
        source.tick();
        assertThat(nodes.requests()).isEqualTo(2);
    }

    @Test
    void aCredentialInAFileThatChangesIsUsedAtTheNextLookWhileTheOldTokenServes(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.json");
        Files.writeString(file, key("first"));
        TokenRequest request =
                Nodes.request(new Credential.ServiceAccount(new ServiceAccountFile(file), "orders@contoso.com"));
        TokenSource source = queueing();
        source.token(request);
        source.tick();
        work();
        assertThat(nodes.requests()).as("nothing has changed").isEqualTo(1);

        Files.writeString(file, key("the second one"));
        nodes.clock.advance(TokenSource.LOOK);
        source.tick();
        assertThat(source.token(request).value()).isEqualTo("a-token-1");
        work();
        assertThat(source.token(request).value()).isEqualTo("a-token-2");

        source.tick();
        nodes.clock.advance(TokenSource.LOOK);
        source.tick();
        work();
        assertThat(nodes.requests()).isEqualTo(2);
    }

    private static String key(String id) {
        String pem =
                TestKeys.block("PRIVATE KEY", TestKeys.rsa().pair().getPrivate().getEncoded());
        return "{\"type\":\"service_account\",\"private_key_id\":\"" + id + "\",\"private_key\":\""
                + pem.replace("\r", "").replace("\n", "\\n")
                + "\",\"client_email\":\"a@b.example\",\"client_id\":\"1\"}";
    }

    @Test
    void tokensThatLiveAMinuteAreNotAskedForAllTheTime() throws Exception {
        Grant brief = request -> {
            AccessToken token = nodes.grantA.acquire(request);
            return new AccessToken(
                    token.value(), token.obtainedAt(), token.obtainedAt().plusSeconds(60));
        };
        TokenSource source = nodes.source(brief, nodes.clock, queue::add, 0);
        source.token(REQUEST);
        nodes.clock.advance(Duration.ofSeconds(42));
        source.tick();
        assertThat(queue).isEmpty();
        assertThat(source.token(REQUEST).value()).isEqualTo("a-token-1");

        nodes.clock.advance(Duration.ofSeconds(1));
        source.tick();
        assertThat(queue).hasSize(1);
        work();
        assertThat(source.token(REQUEST).value()).isEqualTo("a-token-2");
        assertThat(nodes.requests()).isEqualTo(2);
    }
}
