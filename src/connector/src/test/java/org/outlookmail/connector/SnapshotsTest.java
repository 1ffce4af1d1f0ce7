package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.management.ConnectorView;
import org.outlookmail.management.MailboxSnapshot;
import org.outlookmail.management.ServerSnapshot;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What an operator sees of a running adapter at a moment. */
@Tag("unit")
@ExtendWith(TestBox.class)
class SnapshotsTest {

    private final Sandbox box = TestBox.box();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Server server;
    private MailManagedConnectionFactory managed;
    private ConnectorView view;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        view = server.adapter.runtime();
        managed = server.configured(new MailManagedConnectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private OutlookMailSession borrowed() throws Exception {
        return ((OutlookMailSessionFactory) managed.createConnectionFactory(server)).getConnection();
    }

    private static void send(OutlookMailSession session) throws Exception {
        session.send(message(session.mailSession(), subject()));
    }

    private MailboxSnapshot only() {
        assertThat(view.mailboxes()).extracting(MailboxSnapshot::mailbox).containsExactly(NOREPLY);
        return view.mailboxes().get(0);
    }

    private ServerSnapshot at(String protocol) {
        return only().servers().stream()
                .filter(there -> there.server().startsWith(protocol + ":"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void beforeAnythingIsUsedThereIsNothing() {
        assertThat(view.mailboxes()).isEmpty();
        assertThat(view.tokensAtHand()).isEmpty();
        assertThat(view.cache().opened()).isFalse();
        assertThat(view.cache().failing()).isFalse();
        assertThat(box.state().entra().tokenRequests()).isZero();
    }

    @Test
    void whoHasWhatAndWhatWaitsForTheNext() throws Exception {
        managed.setMaxConnectionsPerMailbox(2);
        try (OutlookMailSession session = borrowed()) {
            assertThat(only().borrowed()).isEqualTo(1);
            assertThat(at("smtp").logins()).isZero();
            send(session);
            session.openFolder("INBOX", Folder.READ_ONLY).close(false);
            assertThat(at("smtp"))
                    .isEqualTo(new ServerSnapshot(
                            at("smtp").server(), 1, 0, 2, at("smtp").pausedUntil()));
            assertThat(at("imaps").logins()).isEqualTo(1);
            assertThat(at("imaps").limit()).isZero();
        }
        assertThat(only().borrowed()).isZero();
        assertThat(only().idle()).isEqualTo(1);
        assertThat(at("smtp").logins()).as("it rests in the pool").isEqualTo(1);
        assertThat(view.cache().opened()).isTrue();

        server.close();
        assertThat(view.mailboxes()).isEmpty();
        assertThat(view.tokensAtHand()).isEmpty();
    }

    @Test
    void withoutALimitLoginsAreCountedToo() throws Exception {
        managed.setMaxConnectionsPerMailbox(0);
        try (OutlookMailSession one = borrowed();
                OutlookMailSession other = borrowed()) {
            send(one);
            send(other);
            assertThat(at("smtp").logins()).isEqualTo(2);
        }
    }

    @Test
    void whoWaitsIsCounted() throws Exception {
        managed.setMaxConnectionsPerMailbox(1);
        managed.setMaxWaitMillis(20_000);
        try (OutlookMailSession first = borrowed();
                OutlookMailSession second = borrowed()) {
            box.faults("{\"smtp\":[{\"at\":\"MAIL\",\"action\":\"stall\",\"stallMillis\":1500,\"times\":1}]}");
            Future<?> slow = threads.submit(() -> {
                send(first);
                return null;
            });
            await().until(() -> at("smtp").logins() == 1);
            Future<?> waits = threads.submit(() -> {
                send(second);
                return null;
            });
            await().until(() -> at("smtp").waiting() == 1);
            slow.get(20, TimeUnit.SECONDS);
            waits.get(20, TimeUnit.SECONDS);
        }
        assertThat(at("smtp").waiting()).isZero();
    }

    @Test
    void aPauseThatTheServerWantsIsSeen() throws Exception {
        managed.setMaxWaitMillis(0);
        try (OutlookMailSession session = borrowed()) {
            box.faults(new FaultPlan().smtp("MAIL", "reply", "451 4.7.500 Server busy", 1));
            diagnosisOf(() -> send(session));
            assertThat(at("smtp").pausedUntil())
                    .hasValueSatisfying(until -> assertThat(until).isAfter(Instant.now()));
            assertThat(at("imaps").pausedUntil()).isEmpty();
        }
    }

    @Test
    void aTokenIsSeenByWhomItIsForAndNotItself() throws Exception {
        try (OutlookMailSession session = borrowed()) {
            send(session);
        }
        assertThat(view.tokensAtHand()).singleElement().satisfies(token -> {
            assertThat(token.subject()).contains(box.clientId());
            assertThat(token.expiresAt()).isAfter(Instant.now());
            assertThat(token.toString()).doesNotContain("eyJ");
        });
    }

    @Test
    void theConnectionsOfSendersCountToo() throws Exception {
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes(ORDERS);
        try (OutlookMailSession session = borrowed()) {
            MimeMessage message = message(session.mailSession(), subject());
            message.setFrom(new InternetAddress(ORDERS));
            session.send(message);
        }
        List<MailboxSnapshot> all = view.mailboxes();
        assertThat(all).extracting(MailboxSnapshot::mailbox).containsExactly(NOREPLY, ORDERS);
        assertThat(all.get(1).idle()).isEqualTo(1);
        assertThat(all.get(1).servers())
                .anySatisfy(there -> assertThat(there.logins()).isEqualTo(1));
    }
}
