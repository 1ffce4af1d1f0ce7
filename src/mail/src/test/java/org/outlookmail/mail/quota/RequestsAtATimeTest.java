package org.outlookmail.mail.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Quota;
import org.outlookmail.testkit.SharedMapProbe;

/** The other kind of quota: requests under way, as an HTTP API counts them, over all nodes. */
@Tag("unit")
class RequestsAtATimeTest {

    private static final MailServer API = new MailServer("https", "graph.microsoft.com", 443);
    private static final Quota.Guest FIRST = () -> {};
    private static final Quota.Guest SECOND = () -> {};

    private final SharedMapProbe cache = new SharedMapProbe();
    private final Quota one = node("one");
    private final Quota two = node("two");

    private Quota node(String name) {
        Cluster cluster = Cluster.of(
                SharedEntries.of(cache),
                new EntryKeys(Optional.empty(), Optional.empty()),
                name,
                Runnable::run,
                Clock.systemUTC());
        return new Quotas(cluster, Runnable::run, Clock.systemUTC())
                .sending("noreply@contoso.com", API, QuotaLimits.ofRequests(1, 0, Duration.ofSeconds(30)));
    }

    @Test
    void noMoreRequestsAreUnderWayThanAllowedAndTheOneThatWaitsComesNext() throws Exception {
        one.enter(FIRST, Deadline.in(Duration.ZERO));
        Diagnosis refused = diagnosisOf(() -> two.enter(SECOND, Deadline.in(Duration.ofMillis(50))));
        assertThat(refused.code()).isEqualTo(DiagnosisCode.MAILBOX_BUSY);
        assertThat(refused.summary()).contains("All 1 requests that noreply@contoso.com may have");
        assertThat(refused.details()).containsEntry("holders", "one has 1, the oldest for 0 s; 1 waiting");

        CompletableFuture<Void> next = CompletableFuture.runAsync(() -> {
            try {
                two.enter(SECOND, Deadline.in(Duration.ofSeconds(30)));
            } catch (jakarta.mail.MessagingException failed) {
                throw new IllegalStateException(failed);
            }
        });
        one.leave(FIRST);
        next.get(30, TimeUnit.SECONDS);
        two.leave(SECOND);
        one.enter(FIRST, Deadline.in(Duration.ZERO));
    }
}
