package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Message;
import jakarta.mail.Store;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** Stores and folders that are held longer than a connection or a token lives. */
@Tag("unit")
@ExtendWith(TestBox.class)
class HeldStoreTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private Store connected(String protocol) throws Exception {
        Store store = new KalistoSession(box).session().getStore(protocol);
        store.connect();
        return store;
    }

    /** Of tokens of its own: those of all plain sessions are shared, and one that was replaced is not replaced again so soon. */
    private Store ofConnection(String protocol) throws Exception {
        MailAccount imap = TestAccounts.account(NOREPLY);
        return connector
                .connection(MailAccount.of(
                        NOREPLY,
                        imap.out().server(),
                        TestAccounts.server(protocol + "s"),
                        imap.route(),
                        imap.out().authentication(),
                        imap.mailProperties()))
                .store();
    }

    private static int polled(Store store) throws Exception {
        try (Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            return inbox.getMessageCount();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void aStoreIsPolledOverADroppedConnection(String protocol) throws Exception {
        try (Store store = connected(protocol)) {
            assertThat(polled(store)).isNotNegative();
            box.faults(new FaultPlan().dropConnections("imap", "pop3"));
            assertThat(polled(store)).isNotNegative();
            assertThat(polled(store)).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void aStoreIsPolledOverTheEndOfItsToken(String protocol) throws Exception {
        Store store = ofConnection(protocol);
        assertThat(polled(store)).isNotNegative();
        box.faults(new FaultPlan().expireTokens().dropConnections("imap", "pop3"));
        assertThat(polled(store)).isNotNegative();
        assertThat(polled(store)).isNotNegative();
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
    }

    /** Such a question travels over the connection of the store, and tells Angus Mail's store nothing of its end. */
    @Test
    void aStoreIsAskedForFoldersOverADroppedConnection() throws Exception {
        try (Store store = connected("imap")) {
            Folder inbox = store.getFolder("INBOX");
            assertThat(inbox.exists()).isTrue();
            box.faults(new FaultPlan().dropConnections("imap"));
            assertThat(inbox.exists()).isTrue();
            assertThat(store.getDefaultFolder().list("*")).isNotEmpty();
            assertThat(inbox.getMessageCount()).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void aFolderIsOpenedAgainAfterTheEndOfItsToken(String protocol) throws Exception {
        Store store = ofConnection(protocol);
        Folder inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);
        inbox.close(false);
        box.faults(new FaultPlan().expireTokens().dropConnections("imap", "pop3"));
        inbox.open(Folder.READ_ONLY);
        assertThat(inbox.getMessageCount()).isNotNegative();
        inbox.close(false);
        connector.clock.advance(Duration.ofHours(1));
        inbox.open(Folder.READ_ONLY);
        assertThat(inbox.getStore()).isSameAs(store);
        inbox.close(false);
    }

    @Test
    void aFolderIsOpenedWhileAnotherOneIsHeldOverTheEndOfTheToken() throws Exception {
        MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY);
        box.faults(new FaultPlan().expireTokens());
        try (Folder sent = connection.openFolder("Sent Items", Folder.READ_ONLY)) {
            assertThat(sent.getMessageCount()).isNotNegative();
        }
        Throwable failure = failureOf(inbox::getMessages);
        assertThat(failure).isInstanceOf(FolderClosedException.class);
        assertThat(((FolderClosedException) failure).getFolder()).isSameAs(inbox);
        assertThat(diagnosisOf(inbox::getMessages).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        inbox.close(false);
        inbox.open(Folder.READ_ONLY);
        assertThat(inbox.getMessages()).isNotNull();
    }

    @Test
    void aFolderIsOpenedWhileAnotherOneIsHeldAndTheLoginIsRenewedBeforeItsTokenEnds() throws Exception {
        MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY);
        connector.clock.advance(Duration.ofHours(1).minusSeconds(30));
        try (Folder sent = connection.openFolder("Sent Items", Folder.READ_ONLY)) {
            assertThat(sent.getMessageCount()).isNotNegative();
        }
        assertThat(inbox.isOpen()).isFalse();
        assertThat(failureOf(inbox::getMessages)).isInstanceOf(FolderClosedException.class);
    }

    /** A use that fails is no sign of life: whoever uses the store every few seconds would never have it asked. */
    @Test
    void aUseThatFailsDoesNotPostponeTheQuestionWhetherTheServerIsThere() throws Exception {
        MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
        Store store = connection.store();
        Folder folder = store.getFolder("INBOX");
        assertThat(folder.exists()).isTrue();
        box.faults(new FaultPlan().imap("LIST", "reply", "BAD Command Error. 12", 1));
        failureOf(folder::exists);
        box.faults(new FaultPlan().dropConnections("imap"));
        assertThat(store.isConnected()).isFalse();
        assertThat(folder.exists()).isTrue();
        assertThat(store.isConnected()).isTrue();
        assertThat(box.state().imap().authentications()).isEqualTo(2);
    }

    @Test
    void aStoreThatHasRestedSaysWhetherItsServerIsThere() throws Exception {
        MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
        Store store = connection.store();
        long before = box.state().imap().commands();
        assertThat(store.isConnected()).isTrue();
        assertThat(box.state().imap().commands()).isEqualTo(before);
        connector.clock.advance(Duration.ofSeconds(31));
        assertThat(store.isConnected()).isTrue();
        assertThat(store.isConnected()).isTrue();
        assertThat(box.state().imap().commands()).isEqualTo(before + 1);
        box.faults(new FaultPlan().dropConnections("imap"));
        connector.clock.advance(Duration.ofSeconds(31));
        assertThat(store.isConnected()).isFalse();
    }

    /** Of each poll a plain store that says closed is connected once more, as frameworks do it. */
    @Test
    void aPlainStoreThatSaysClosedIsConnectedAgain() throws Exception {
        try (Store store = connected("imap")) {
            List<Integer> told = new CopyOnWriteArrayList<>();
            store.addConnectionListener(new ConnectionAdapter() {
                @Override
                public void closed(ConnectionEvent event) {
                    assertThat(event.getSource()).isSameAs(store);
                    told.add(event.getType());
                }

                @Override
                public void opened(ConnectionEvent event) {
                    told.add(event.getType());
                }
            });
            Folder inbox = store.getFolder("INBOX");
            box.faults(new FaultPlan().imap("CREATE", "drop", "", 1));
            failureOf(() -> store.getFolder("New").create(Folder.HOLDS_MESSAGES));
            assertThat(store.isConnected()).isFalse();
            store.connect();
            assertThat(store.isConnected()).isTrue();
            assertThat(inbox.exists()).isTrue();
            await().untilAsserted(
                            () -> assertThat(told).containsExactly(ConnectionEvent.CLOSED, ConnectionEvent.OPENED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void anOpenFolderWhoseConnectionEndsTellsIt(String protocol) throws Exception {
        try (Store store = connected(protocol)) {
            Folder inbox = store.getFolder("INBOX");
            List<Object> closed = new CopyOnWriteArrayList<>();
            inbox.addConnectionListener(new ConnectionAdapter() {
                @Override
                public void closed(ConnectionEvent event) {
                    closed.add(event.getSource());
                }
            });
            new KalistoSession(box).send(subject(), NOREPLY);
            inbox.open(Folder.READ_ONLY);
            Message message = inbox.getMessage(inbox.getMessageCount());
            box.faults(new FaultPlan().dropConnections("imap", "pop3"));
            Throwable failure = failureOf(message::getSubject);
            assertThat(failure).isInstanceOf(FolderClosedException.class);
            assertThat(((FolderClosedException) failure).getFolder()).isSameAs(inbox);
            assertThat(diagnosisOf(message::getSubject).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
            assertThat(inbox.isOpen()).isFalse();
            await().untilAsserted(() -> assertThat(closed).containsExactly(inbox));
            inbox.close(false);
        }
    }

    /** Otherwise whoever deletes what he has dealt with would not learn that he will meet it again. */
    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void whatIsMarkedAsDeletedAndNotExpungedIsToldWhenTheFolderIsClosed(String protocol) throws Exception {
        new KalistoSession(box).send(subject(), NOREPLY);
        try (Store store = connected(protocol)) {
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            Message message = inbox.getMessage(inbox.getMessageCount());
            message.setFlag(Flags.Flag.DELETED, true);
            box.faults(new FaultPlan().dropConnections("imap", "pop3"));
            await().until(() -> !inbox.isOpen());
            assertThat(failureOf(() -> inbox.close(true)))
                    .isInstanceOf(FolderClosedException.class)
                    .hasMessageContaining("not expunged");
            inbox.open(Folder.READ_ONLY);
            inbox.close(true);
        }
    }
}
