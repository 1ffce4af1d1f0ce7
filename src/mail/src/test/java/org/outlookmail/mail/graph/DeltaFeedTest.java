package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.TestBox.ORDERS;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailFeed;
import org.outlookmail.mail.MailboxStore;
import org.outlookmail.mail.Quota;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** The news of a folder over Graph: each message once, and none left out, whatever Graph leaves out or forgets. */
@Tag("unit")
@ExtendWith(TestBox.class)
class DeltaFeedTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final String place = "News " + UUID.randomUUID();
    private final List<DiagnosisCode> told = new ArrayList<>();
    private final List<MailFeed> feeds = new ArrayList<>();
    private final MailAccount account = TestAccounts.graph(ORDERS, Map.of("mail.graph.pagesize", "10"));
    private MailConnection connection;

    @BeforeEach
    void folder() throws MessagingException {
        connection = connector.connection(account);
        connection.store().getFolder(place).create(Folder.HOLDS_MESSAGES);
    }

    @AfterEach
    void close() {
        feeds.forEach(MailFeed::close);
        connector.close();
    }

    private MailFeed feed() {
        ConnectorListener listener = new ConnectorListener() {
            @Override
            public void onWarning(Diagnosis diagnosis, boolean again) {
                told.add(diagnosis.code());
            }
        };
        MailFeed feed = GraphMail.feed(
                account,
                new Surroundings(connector.tokens.source(), Clock.systemUTC(), Quota.NONE, () -> {}, listener),
                connector.writeTimeouts,
                place);
        feeds.add(feed);
        return feed;
    }

    private void deliver(int count) {
        for (int i = 0; i < count; i++) {
            box.deliver(ORDERS, place, ("Subject: news\r\n\r\n" + i + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void eachMessageIsNewsOnce() throws MessagingException {
        MailFeed feed = feed();
        deliver(35);
        MailFeed.News first = feed.since("");
        assertThat(first.arrivals()).hasSize(35);
        deliver(2);
        MailFeed.News second = feed.since(first.checkpoint());
        assertThat(second.arrivals()).hasSize(2).doesNotContainAnyElementsOf(first.arrivals());
        assertThat(feed.since(second.checkpoint()).arrivals()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aRestartedFeedGoesOnAtItsCheckpoint() throws MessagingException {
        deliver(3);
        String checkpoint = feed().since("").checkpoint();
        deliver(2);
        assertThat(feed().since(checkpoint).arrivals()).hasSize(2);
    }

    @Test
    void whatSomebodyReadsOrFlagsIsNoNews() throws MessagingException {
        deliver(3);
        MailFeed.News first = feed().since("");
        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            folder.setFlags(folder.getMessages(), new Flags(Flags.Flag.SEEN), true);
        }
        assertThat(feed().since(first.checkpoint()).arrivals()).isEmpty();
    }

    @Test
    void whatIsMovedInIsNewsHoweverOldItIs() throws MessagingException {
        String elsewhere = place + " elsewhere";
        box.deliver(ORDERS, elsewhere, "Subject: old\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        deliver(1);
        MailFeed.News first = feed().since("");
        try (Folder folder = connection.openFolder(elsewhere, Folder.READ_WRITE)) {
            Message[] all = folder.getMessages();
            MailboxStore.move(all, connection.store().getFolder(place));
        }
        assertThat(feed().since(first.checkpoint()).arrivals()).hasSize(1);
    }

    @Test
    void whatGraphTellsTwiceIsToldOnce() throws MessagingException {
        deliver(12);
        box.faults(new FaultPlan().spoilDelta("duplicate", -1));
        assertThat(feed().since("").arrivals()).hasSize(12);
    }

    @Test
    void aRoundThatEndsEarlyIsCompletedAndThatIsTold() throws MessagingException {
        MailFeed feed = feed();
        deliver(1);
        String checkpoint = feed.since("").checkpoint();
        deliver(25);
        box.faults(new FaultPlan().spoilDelta("truncate", 1));

        MailFeed.News news = feed.since(checkpoint);

        assertThat(news.arrivals()).hasSize(25);
        assertThat(told).containsExactly(DiagnosisCode.GRAPH_CHANGES_INCOMPLETE);
        assertThat(feed.since(news.checkpoint()).arrivals()).isEmpty();
    }

    @Test
    void theFirstRoundIsComparedWithTheFolderToo() throws MessagingException {
        deliver(25);
        box.faults(new FaultPlan().spoilDelta("truncate", 1));
        assertThat(feed().since("").arrivals()).hasSize(25);
        assertThat(told).containsExactly(DiagnosisCode.GRAPH_CHANGES_INCOMPLETE);
    }

    @Test
    void aLostStateBeginsAnewAndTellsNothingTwice() throws MessagingException {
        for (MailFeed again : new MailFeed[] {feed(), null}) {
            MailFeed feed = again == null ? feed() : again;
            deliver(4);
            String checkpoint = feed.since("").checkpoint();
            deliver(2);
            box.faults(new FaultPlan().graph("DELTA", 410, "SyncStateNotFound", -1, 1));

            MailFeed after = again == null ? feed() : feed;
            assertThat(after.since(checkpoint).arrivals()).hasSize(2);
        }
        assertThat(told).containsOnly(DiagnosisCode.GRAPH_SYNC_STATE_LOST);
    }

    @Test
    void aCheckpointThatIsNoneIsNoLinkToFollow() throws MessagingException {
        deliver(2);
        assertThat(feed().since(
                                "{\"link\":\"https://evil.example/v1.0/x\",\"until\":\"2020-01-01T00:00:00Z\",\"at\":[]}")
                        .arrivals())
                .hasSize(2);
        assertThat(feed().since("no checkpoint at all").arrivals()).hasSize(2);
        assertThat(told).containsOnly(DiagnosisCode.GRAPH_SYNC_STATE_LOST);
    }
}
