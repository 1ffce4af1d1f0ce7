package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.StoredMessage;
import org.outlookmail.testkit.TestBox;

/** Messages that are moved to another folder (RFC 6851). */
@Tag("unit")
@ExtendWith(TestBox.class)
class MoveTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
    private final String subject = subject();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private static Message[] found(Folder inbox, String subject) throws Exception {
        return Arrays.stream(inbox.getMessages())
                .filter(message -> {
                    try {
                        return subject.equals(message.getSubject());
                    } catch (MessagingException unreadable) {
                        throw new AssertionError(unreadable);
                    }
                })
                .toArray(Message[]::new);
    }

    private long moved() {
        return box.messages(NOREPLY, "Archive").stream()
                .filter(message -> message.subject().equals(subject))
                .count();
    }

    private Folder archive() throws Exception {
        Folder archive = connection.store().getFolder("Archive");
        if (!archive.exists()) {
            archive.create(Folder.HOLDS_MESSAGES);
        }
        return archive;
    }

    @Test
    void aMessageIsMoved() throws Exception {
        connection.send(Messages.text(subject, NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        Message[] messages = found(inbox, subject);
        MailboxStore.move(messages, archive());
        assertThat(messages[0].isExpunged()).isTrue();
        assertThat(moved()).isEqualTo(1);
        assertThat(received(NOREPLY, subject)).isZero();
        assertThat(inbox.isOpen()).isTrue();
    }

    /** Two messages; the first is marked as deleted by somebody else. */
    private Message[] besideOneThatAnotherHasMarked(Folder inbox, String other) throws Exception {
        found(inbox, other)[0].setFlag(Flags.Flag.DELETED, true);
        return found(inbox, subject);
    }

    private List<List<String>> flagsInInbox(String wanted) {
        return box.messages(NOREPLY).stream()
                .filter(message -> message.subject().equals(wanted))
                .map(StoredMessage::flags)
                .toList();
    }

    @Test
    void aServerWithoutMoveExpungesTheMovedMessageAlone() throws Exception {
        String other = subject();
        connection.send(Messages.text(other, NOREPLY));
        connection.send(Messages.text(subject, NOREPLY));
        box.faults(
                new FaultPlan().withoutExtensions("MOVE").imap("MOVE", "reply", "BAD Command Argument Error. 12", 1));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        MailboxStore.move(besideOneThatAnotherHasMarked(inbox, other), archive());
        assertThat(moved()).isEqualTo(1);
        assertThat(flagsInInbox(subject)).isEmpty();
        assertThat(flagsInInbox(other)).singleElement(as(LIST)).contains("\\Deleted");
    }

    @Test
    void aServerWithoutUidplusKeepsTheOriginalMarkedAndExpungesNothing() throws Exception {
        String other = subject();
        connection.send(Messages.text(other, NOREPLY));
        connection.send(Messages.text(subject, NOREPLY));
        box.faults(new FaultPlan()
                .withoutExtensions("MOVE", "UIDPLUS")
                .imap("EXPUNGE", "reply", "BAD Command Argument Error. 12", 1));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        MailboxStore.move(besideOneThatAnotherHasMarked(inbox, other), archive());
        assertThat(moved()).isEqualTo(1);
        assertThat(flagsInInbox(subject)).singleElement(as(LIST)).contains("\\Deleted");
        assertThat(flagsInInbox(other)).singleElement(as(LIST)).contains("\\Deleted");
    }

    @Test
    void aFolderThatDoesNotExistAndOneThatIsReadOnlyAreToldAndTheMessageStays() throws Exception {
        connection.send(Messages.text(subject, NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        Message[] messages = found(inbox, subject);
        Folder missing = connection.store().getFolder("No such folder");
        Throwable failure = failureOf(() -> MailboxStore.move(messages, missing));
        assertThat(diagnosisOf(() -> MailboxStore.move(messages, missing)).code())
                .isEqualTo(DiagnosisCode.FOLDER_FAILURE);
        assertThat(failure).isInstanceOf(FolderNotFoundException.class);
        assertThat(((FolderNotFoundException) failure).getFolder()).isSameAs(missing);
        assertThat(received(NOREPLY, subject)).isEqualTo(1);
    }

    @Test
    void messagesOfSeveralFoldersAreRefused() throws Exception {
        connection.send(Messages.text(subject, NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        Folder again = connection.openFolder("INBOX", Folder.READ_WRITE);
        Message[] messages = {inbox.getMessage(1), again.getMessage(1)};
        assertThatIllegalArgumentException().isThrownBy(() -> MailboxStore.move(messages, archive()));
    }

    /** Their numbers may be those of other messages by now. */
    @Test
    void messagesOfAnEarlierOpeningAreRefused() throws Exception {
        connection.send(Messages.text(subject, NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        Message[] messages = found(inbox, subject);
        Folder archive = archive();
        inbox.close(false);
        inbox.open(Folder.READ_WRITE);
        assertThatIllegalStateException().isThrownBy(() -> MailboxStore.move(messages, archive));
        inbox.close(false);
        box.faults(new FaultPlan().dropConnections("imap"));
        inbox.open(Folder.READ_WRITE);
        assertThatIllegalStateException().isThrownBy(() -> MailboxStore.move(messages, archive));
        assertThatIllegalStateException()
                .isThrownBy(() -> inbox.setFlags(messages, new Flags(Flags.Flag.DELETED), true))
                .withMessageContaining("closed");
        assertThat(received(NOREPLY, subject)).isEqualTo(1);
        assertThat(moved()).isZero();
    }

    @Test
    void aMessageThatThisAdapterHasNotReadIsRefused() throws Exception {
        Message other = Messages.text(subject, NOREPLY);
        assertThat(failureOf(() -> MailboxStore.move(new Message[] {other}, archive())))
                .isInstanceOf(MethodNotSupportedException.class);
    }

    private void serverOffers(String extensions) {
        box.faults(new FaultPlan()
                .imap(
                        "CAPABILITY",
                        "reply",
                        "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR" + extensions + "\r\nOK",
                        10));
    }

    @Test
    void aServerWithoutMoveCopiesTheMessageAndExpungesItAlone() throws Exception {
        connection.send(Messages.text(subject, NOREPLY));
        connection.send(Messages.text(subject(), NOREPLY));
        serverOffers(" UIDPLUS");
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        int before = inbox.getMessageCount();
        MailboxStore.move(found(inbox, subject), archive());
        assertThat(moved()).isEqualTo(1);
        assertThat(received(NOREPLY, subject)).isZero();
        assertThat(inbox.getMessageCount()).isEqualTo(before - 1);
    }

    @Test
    void aMessageThatTheServerCouldOnlyMarkIsToldWhenTheFolderEndsBeforeItIsExpunged() throws Exception {
        connection.send(Messages.text(subject, NOREPLY));
        serverOffers("");
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        Message[] messages = found(inbox, subject);
        MailboxStore.move(messages, archive());
        assertThat(messages[0].isSet(Flags.Flag.DELETED)).isTrue();
        assertThat(moved()).isEqualTo(1);
        assertThat(received(NOREPLY, subject)).isEqualTo(1);
        box.faults(new FaultPlan().dropConnections("imap"));
        await().until(() -> !inbox.isOpen());
        assertThat(failureOf(() -> inbox.close(true))).hasMessageContaining("not expunged");
    }

    @Test
    void aConnectionThatEndsMeanwhileIsToldAndTheMessageIsNotLost() throws Exception {
        connection.send(Messages.text(subject, NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        Message[] messages = found(inbox, subject);
        Folder archive = archive();
        box.faults(new FaultPlan().imap("MOVE", "drop", "", 1));
        assertThat(diagnosisOf(() -> MailboxStore.move(messages, archive)).code())
                .isEqualTo(DiagnosisCode.CONNECTION_LOST);
        assertThat(received(NOREPLY, subject) + moved()).isEqualTo(1);
    }
}
