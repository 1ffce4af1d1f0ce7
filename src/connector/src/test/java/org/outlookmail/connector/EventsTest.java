package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What a listener of the adapter hears, on the way from the token to the receipt. */
@Tag("unit")
@ExtendWith(TestBox.class)
class EventsTest {

    private final Sandbox box = TestBox.box();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Server server;
    private MailManagedConnectionFactory managed;

    /** Writes down each event in a word or two. */
    private final class Recorder implements ConnectorListener {
        @Override
        public void onTokenObtained(String subject, Instant expiresAt, Duration took, boolean again) {
            assertThat(expiresAt).isAfter(Instant.now());
            assertThat(took).isPositive();
            heard.add("token" + (again ? " again" : ""));
        }

        @Override
        public void onTokenRefused(Diagnosis diagnosis) {
            heard.add("no token " + diagnosis.code().code());
        }

        @Override
        public void onConnectionOpened(String mailbox, String at, Duration took, boolean again) {
            assertThat(took).isPositive();
            heard.add("opened " + mailbox + " " + at.substring(0, at.indexOf(':')) + (again ? " again" : ""));
        }

        @Override
        public void onConnectionFailed(Diagnosis diagnosis, boolean again) {
            heard.add("failed " + diagnosis.code().code() + (again ? " again" : ""));
        }

        @Override
        public void onConnectionClosed(String mailbox, String at) {
            heard.add("closed " + at.substring(0, at.indexOf(':')));
        }

        @Override
        public void onMessageSent(String mailbox, Duration took) {
            assertThat(took).isPositive();
            heard.add("sent " + mailbox);
        }

        @Override
        public void onMessageFailed(String mailbox, Diagnosis diagnosis, boolean again) {
            heard.add("not sent " + diagnosis.code().code() + (again ? " again" : ""));
        }

        @Override
        public void onQuotaReached(String mailbox, Diagnosis diagnosis) {
            heard.add("quota " + diagnosis.code().code());
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        server.adapter.runtime().listeners().add(new Recorder());
        managed = server.configured(new MailManagedConnectionFactory());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OutlookMailSession borrowed() throws Exception {
        return ((OutlookMailSessionFactory) managed.createConnectionFactory(server)).getConnection();
    }

    private static void send(OutlookMailSession session) throws Exception {
        session.send(message(session.mailSession(), subject()));
    }

    @Test
    void aMessageOutAndAFolderRead() throws Exception {
        try (OutlookMailSession session = borrowed()) {
            send(session);
            send(session);
            session.openFolder("INBOX", Folder.READ_ONLY).close(false);
        }
        server.close();
        assertThat(heard)
                .containsExactly(
                        "token",
                        "opened " + NOREPLY + " smtp",
                        "sent " + NOREPLY,
                        "sent " + NOREPLY,
                        "opened " + NOREPLY + " imaps",
                        "closed smtp",
                        "closed imaps");
    }

    @Test
    void aRefusalOfTheProviderIsHeardOnceThoughManyAsk() throws Exception {
        managed.setClientSecret("wrong");
        try (OutlookMailSession session = borrowed()) {
            diagnosisOf(() -> send(session));
            diagnosisOf(() -> send(session));
        }
        assertThat(heard).containsExactly("no token OMC-1201");
    }

    @Test
    void aMessageThatIsGivenUpIsHeardEachTimeAndAsKnownTheSecond() throws Exception {
        try (OutlookMailSession session = borrowed()) {
            send(session);
            heard.clear();
            box.faults(new FaultPlan().smtp("MAIL", "reply", "554 5.2.0 Refused by the test", 2));
            diagnosisOf(() -> send(session));
            diagnosisOf(() -> send(session));
            send(session);
        }
        assertThat(heard).hasSize(3);
        assertThat(heard.get(0)).startsWith("not sent OMC-").doesNotContain("again");
        assertThat(heard.get(1)).isEqualTo(heard.get(0) + " again");
        assertThat(heard.get(2)).isEqualTo("sent " + NOREPLY);
    }

    @Test
    void aWaitInVainIsHeard() throws Exception {
        managed.setMaxConnectionsPerMailbox(1);
        managed.setMaxWaitMillis(0);
        try (OutlookMailSession first = borrowed();
                OutlookMailSession second = borrowed()) {
            send(first);
            server.adapter.runtime().listeners().add(new Throwing());
            // The other one is at rest and could be given up, but not at once.
            diagnosisOf(() -> send(second));
        }
        assertThat(heard).contains("quota OMC-2307");
    }

    /** One that fails changes nothing for anybody else. */
    private static final class Throwing implements ConnectorListener {
        @Override
        public void onQuotaReached(String mailbox, Diagnosis diagnosis) {
            throw new IllegalStateException("a listener that fails");
        }
    }
}
