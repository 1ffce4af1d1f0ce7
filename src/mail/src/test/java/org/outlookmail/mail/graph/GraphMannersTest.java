package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.mail.quota.Quotas;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** Graph's limits, kept over threads and servers, so that it never has to say so. */
@Tag("unit")
@ExtendWith(TestBox.class)
class GraphMannersTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final ConcurrentHashMap<String, String> cache = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Quotas> nodes = new ArrayList<>();
    private final List<Cluster> clusters = new ArrayList<>();

    private Quotas node(String name) {
        Cluster cluster = Cluster.of(
                SharedEntries.of(cache),
                new EntryKeys(Optional.empty(), Optional.empty()),
                name,
                Runnable::run,
                Clock.systemUTC());
        clusters.add(cluster);
        Quotas node = new Quotas(cluster, threads, Clock.systemUTC());
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        connector.close();
        nodes.forEach(Quotas::close);
        clusters.forEach(Cluster::close);
    }

    private MailConnection connection(Quotas node, String mailbox, int ofMailbox, int ofAll) {
        MailAccount account = TestAccounts.graph(mailbox, Map.of());
        QuotaLimits limits =
                QuotaLimits.ofConnections(3, 0, 0, Duration.ofSeconds(30)).andRequests(ofMailbox, ofAll);
        return connector.connection(account, node.sending(account, limits), node.reading(account, limits));
    }

    @Test
    void eightThreadsOnTwoServersHearNoComplaint() throws Exception {
        box.faults(new FaultPlan().delayMillis(20));
        Quotas one = node("one");
        Quotas two = node("two");
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            MailConnection connection = connection(thread % 2 == 0 ? one : two, NOREPLY, 4, 0);
            all.add(threads.submit(() -> {
                for (int i = 0; i < 5; i++) {
                    connection.send(Messages.text(subject(), ORDERS));
                    try (Folder folder = connection.openFolder("INBOX", Folder.READ_ONLY)) {
                        folder.getMessageCount();
                    }
                }
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get(1, TimeUnit.MINUTES);
        }

        assertThat(box.state().graph().throttled()).isZero();
        assertThat(box.state().graph().requests()).isGreaterThan(100);
    }

    @Test
    void theLimitOfTheApplicationHoldsOverItsMailboxes() throws Exception {
        box.faults(new FaultPlan().stallGraph("SENDMAIL", 1500, 1));
        Quotas node = node("one");
        MailConnection slow = connection(node, NOREPLY, 4, 1);
        MailAccount account = TestAccounts.graph(SUPPORT, Map.of());
        QuotaLimits impatient =
                QuotaLimits.ofConnections(3, 0, 0, Duration.ZERO).andRequests(4, 1);
        MailConnection other =
                connector.connection(account, node.sending(account, impatient), node.reading(account, impatient));
        Future<?> sending = threads.submit(() -> {
            slow.send(Messages.text(subject(), ORDERS));
            return null;
        });
        org.awaitility.Awaitility.await().until(() -> box.state().graph().requests() > 0);

        assertThat(diagnosisOf(() -> other.send(Messages.text(subject(), ORDERS)))
                        .code())
                .isEqualTo(DiagnosisCode.MAILBOX_BUSY);

        sending.get(10, TimeUnit.SECONDS);
        other.send(Messages.text(subject(), ORDERS));
    }

    @Test
    void whatIsThrottledWithinABatchIsAskedAgainAloneOnce() throws Exception {
        String place = "Batch " + UUID.randomUUID();
        for (int i = 0; i < 40; i++) {
            box.deliver(ORDERS, place, ("Subject: " + i + "\r\n\r\nx\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        MailConnection connection = connection(node("one"), ORDERS, 4, 0);
        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            Message[] all = folder.getMessages();
            all[0].getSubject();
            box.faults(new FaultPlan().graph("PATCH", 429, "ApplicationThrottled", 1, 3));
            long before = box.state().graph().requests();

            folder.setFlags(all, new Flags(Flags.Flag.FLAGGED), true);

            assertThat(box.state().graph().requests() - before).isEqualTo(3);
        }
        assertThat(box.messages(ORDERS, place))
                .allSatisfy(each -> assertThat(each.flags()).contains("\\Flagged"));
    }
}
