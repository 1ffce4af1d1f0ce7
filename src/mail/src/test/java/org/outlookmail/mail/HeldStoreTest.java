package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;

import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Store;
import java.time.Duration;
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
    void aStoreIsPolledOverTheEndOfItsToken(String protocol) throws Exception {
        Store store = ofConnection(protocol);
        assertThat(polled(store)).isNotNegative();
        box.faults(new FaultPlan().expireTokens().dropConnections("imap", "pop3"));
        assertThat(polled(store)).isNotNegative();
        assertThat(polled(store)).isNotNegative();
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
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
}
