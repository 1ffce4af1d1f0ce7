package org.outlookmail.providers;

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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** Stores of the provider classes that are held longer than a connection lives. */
@Tag("unit")
@ExtendWith(TestBox.class)
class ProviderStoreTest {

    private final Sandbox box = TestBox.box();

    private Store connected(String protocol) throws Exception {
        Store store = new KalistoSession(box).session().getStore(protocol);
        store.connect();
        return store;
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
