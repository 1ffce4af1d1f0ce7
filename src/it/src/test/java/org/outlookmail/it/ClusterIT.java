package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.it.ClusterNodes.Node;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;

/** Servers with liberty-config's cluster.xml and hazelcast.xml share one token, also when one of them dies. Row K3. */
@Tag("liberty")
@Tag("cluster")
class ClusterIT {

    private static final int FIRST_MAILS = 200;

    /** As long as TokenFetch lets others wait for a node that died while it asked. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    @Test
    void fourHundredFirstMailsOnTwoServersCostOneTokenAndAThirdServerNone() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().randomPorts().start();
                ClusterNodes nodes = new ClusterNodes("cluster", sandbox)) {
            Node a = nodes.unchecked("noreply@contoso.com"); // The mails shall be the first who want a token.
            Node b = nodes.unchecked("orders@contoso.com");
            Node c = nodes.member("archive@contoso.com");
            ClusterNodes.start(a, b);
            List<CompletableFuture<HttpResponse<String>>> sending = new ArrayList<>();
            for (int i = 0; i < FIRST_MAILS; i++) {
                sending.add(a.send());
                sending.add(b.send());
            }

            assertThat(sending).allSatisfy(answer -> assertSent(answer.join()));
            assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
            for (Node node : List.of(a, b)) {
                assertThat(sandbox.state().messages(node.mailbox(), "Sent Items"))
                        .isEqualTo(FIRST_MAILS);
                assertThat(node.log()).as("they did meet").contains("Members {size:2");
            }

            ClusterNodes.start(c);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(c.log())
                            .as("at the start, before any mail")
                            .contains("archive@contoso.com is configured: sends by smtp://")
                            .contains("The token cache is open: Hazelcast, 3 members.")
                            .contains("archive@contoso.com was checked: there is a token"));
            assertSent(c.send().join());
            assertThat(sandbox.state().entra().tokenRequests())
                    .as("the third finds the token of the first two")
                    .isEqualTo(1);
        }
    }

    @Test
    void twoServersTogetherHaveNoMoreThanThreeConnectionsOfOneMailboxAlsoAfterOneDies() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().randomPorts().start();
                ClusterNodes nodes = new ClusterNodes("cluster-permits", sandbox)) {
            Node a = nodes.member("noreply@contoso.com");
            Node b = nodes.member("noreply@contoso.com");
            ClusterNodes.start(a, b);
            assertSent(a.send().join());
            assertSent(b.send().join());
            await().atMost(Duration.ofSeconds(60)).until(() -> b.log().contains("Members {size:2"));
            sandbox.reset();
            List<CompletableFuture<HttpResponse<String>>> sending = new ArrayList<>();
            for (int i = 0; i < FIRST_MAILS; i++) {
                sending.add(a.send());
                sending.add(b.send());
            }

            assertThat(sending).allSatisfy(answer -> assertSent(answer.join()));
            assertThat(sandbox.state().smtp().peakConnections("noreply@contoso.com"))
                    .isLessThanOrEqualTo(3);
            assertThat(sandbox.state().smtp().messages()).isEqualTo(2 * FIRST_MAILS);
            assertThat(sandbox.state().smtp().authentications())
                    .isEqualTo(sandbox.state().smtp().connections());

            // The dead server's permits come back by themselves.
            a.server().kill();
            for (int i = 0; i < 3; i++) {
                assertThat(List.of(b.send(), b.send(), b.send())).allSatisfy(answer -> assertSent(answer.join()));
            }
        }
    }

    @Test
    void aServerThatIsKilledWhileItAsksHoldsTheOtherUpNoLongerThanTheLease() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().randomPorts().start();
                ClusterNodes nodes = new ClusterNodes("cluster-death", sandbox)) {
            // Neither asks before the test does.
            Node dying = nodes.unchecked("noreply@contoso.com");
            Node other = nodes.unchecked("orders@contoso.com");
            ClusterNodes.start(dying, other);
            // They meet before anything goes wrong: a look-up of the other's token would wait for the join otherwise.
            sandbox.faults(new FaultPlan().stallToken(Duration.ofMinutes(5).toMillis(), 1));
            CompletableFuture<HttpResponse<String>> lost = dying.send();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> sandbox.state().entra().tokenRequests() == 1);
            CompletableFuture<HttpResponse<String>> waiting = other.send();
            await().atMost(Duration.ofSeconds(60)).until(() -> other.log().contains("Members {size:2"));
            dying.server().kill();

            // The lease, and the time a busy machine takes for everything else
            assertSent(waiting.get(LEASE.plusSeconds(20).toSeconds(), TimeUnit.SECONDS));
            assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(2);
            assertThat(lost).failsWithin(Duration.ofSeconds(10));
        }
    }

    private static void assertSent(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }
}
