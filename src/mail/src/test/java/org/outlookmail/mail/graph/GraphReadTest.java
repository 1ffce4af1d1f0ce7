package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.MessageIDTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailboxStore;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** How a mailbox is read over Graph, and what it costs. */
@Tag("unit")
@ExtendWith(TestBox.class)
class GraphReadTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final String subject = subject();
    /** The folder of this test alone. */
    private final String place = "Place " + subject.substring(8, 20);

    private MailConnection connection;

    @BeforeEach
    void connect() throws MessagingException {
        connection = connector.connection(TestAccounts.graph(ORDERS, Map.of("mail.graph.pagesize", "100")));
        connection.store().getFolder(place).create(Folder.HOLDS_MESSAGES);
    }

    @AfterEach
    void close() {
        connector.close();
    }

    private void deliver(int count) {
        for (int i = 1; i <= count; i++) {
            box.deliver(
                    ORDERS,
                    place,
                    ("From: Sender <s@x.org>\r\nTo: " + ORDERS + "\r\nSubject: " + subject + " " + i + "\r\nX-Number: "
                                    + i + "\r\n\r\nHello " + i + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Folder opened(int mode) throws MessagingException {
        return connection.openFolder(place, mode);
    }

    private long requests() {
        return box.state().graph().requests();
    }

    @Test
    void aThousandMessagesAreListedInTenPages() throws MessagingException {
        deliver(1000);
        try (Folder folder = opened(Folder.READ_ONLY)) {
            long before = requests();

            Message[] all = folder.getMessages();
            for (Message each : all) {
                assertThat(each.getSubject()).isEqualTo(subject + " " + each.getMessageNumber());
            }

            assertThat(all).hasSize(1000);
            assertThat(requests() - before).isEqualTo(10);
        }
    }

    @Test
    void aThousandMessagesAreMarkedInFiftyBatches() throws MessagingException {
        deliver(1000);
        try (Folder folder = opened(Folder.READ_WRITE)) {
            Message[] all = folder.getMessages();
            all[0].getSubject();
            long before = requests();

            folder.setFlags(all, new Flags(Flags.Flag.SEEN), true);

            assertThat(requests() - before).isEqualTo(50 + 9);
            assertThat(folder.getUnreadMessageCount()).isZero();
        }
    }

    @Test
    void theNewestOfManyCostOnePage() throws MessagingException {
        deliver(450);
        try (Folder folder = opened(Folder.READ_ONLY)) {
            long before = requests();

            assertThat(folder.getMessage(450).getSubject()).isEqualTo(subject + " 450");

            assertThat(requests() - before).isOne();
        }
    }

    @Test
    void theContentIsTheMessagesOwn() throws MessagingException, IOException {
        deliver(1);
        try (Folder folder = opened(Folder.READ_WRITE)) {
            Message message = folder.getMessage(1);
            assertThat(message.getFrom()[0].toString()).isEqualTo("Sender <s@x.org>");
            assertThat(message.isSet(Flags.Flag.SEEN)).isFalse();

            assertThat(message.getContent()).isEqualTo("Hello 1\r\n");

            assertThat(message.getHeader("X-Number")).containsExactly("1");
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            message.writeTo(octets);
            assertThat(octets.toString(StandardCharsets.UTF_8)).endsWith("\r\n\r\nHello 1\r\n");
            assertThat(message.isSet(Flags.Flag.SEEN)).isTrue();
        }
        assertThat(box.messages(ORDERS, place).get(0).flags()).contains("\\Seen");
    }

    @Test
    void theUnreadAreFoundByOneRequest() throws MessagingException {
        deliver(300);
        try (Folder folder = opened(Folder.READ_WRITE)) {
            Message[] all = folder.getMessages();
            folder.setFlags(Arrays.copyOfRange(all, 0, 297), new Flags(Flags.Flag.SEEN), true);
        }
        try (Folder folder = opened(Folder.READ_ONLY)) {
            long before = requests();

            Message[] found = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));

            assertThat(found)
                    .extracting(Message::getSubject)
                    .containsExactly(subject + " 298", subject + " 299", subject + " 300");
            assertThat(requests() - before).isOne();
            assertThat(found[0].getMessageNumber()).isEqualTo(298);
        }
    }

    @Test
    void aMessageIsFoundByItsIdentifierWithoutFetchingOne() throws MessagingException {
        String id = "<" + subject.substring(8) + "@x.org>";
        box.deliver(ORDERS, place, ("Message-ID: " + id + "\r\n\r\nx\r\n").getBytes(StandardCharsets.US_ASCII));
        deliver(120);
        try (Folder folder = opened(Folder.READ_ONLY)) {
            long before = requests();

            assertThat(folder.search(new MessageIDTerm(id))).hasSize(1);

            assertThat(requests() - before).isOne();
        }
    }

    @Test
    void messagesMoveCopyAndGo() throws MessagingException {
        deliver(5);
        Folder target = connection.store().getFolder("Done " + subject.substring(8, 16));
        assertThat(target.create(Folder.HOLDS_MESSAGES)).isTrue();
        assertThat(target.create(Folder.HOLDS_MESSAGES)).isFalse();
        try (Folder folder = opened(Folder.READ_WRITE)) {
            Message[] all = folder.getMessages();
            MailboxStore.move(new Message[] {all[0], all[1]}, target);
            folder.copyMessages(new Message[] {all[2]}, target);
            all[3].setFlag(Flags.Flag.DELETED, true);

            assertThat(folder.expunge()).hasSize(1);

            assertThat(all[4].getMessageNumber()).isEqualTo(2);
            assertThat(folder.getMessageCount()).isEqualTo(2);
        }
        assertThat(target.getMessageCount()).isEqualTo(3);
        assertThat(target.delete(false)).isTrue();
        assertThat(target.exists()).isFalse();
    }

    @Test
    void newMailIsNoticedByCounting() throws MessagingException {
        deliver(1);
        try (Folder folder = opened(Folder.READ_ONLY)) {
            assertThat(folder.getMessageCount()).isOne();
            deliver(2);
            assertThat(folder.getMessageCount()).isEqualTo(3);
            assertThat(folder.getMessage(3).getSubject()).isEqualTo(subject + " 2");
        }
    }

    @Test
    void whatIsMovedInOrTakenAwayIsNoticedToo() throws MessagingException {
        deliver(3);
        String elsewhere = place + " elsewhere";
        box.deliver(ORDERS, elsewhere, "Subject: old\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        MailConnection other = connector.connection(TestAccounts.graph(ORDERS, Map.of()));
        try (Folder folder = opened(Folder.READ_ONLY);
                Folder from = other.openFolder(elsewhere, Folder.READ_WRITE);
                Folder same = other.openFolder(place, Folder.READ_WRITE)) {
            Message second = folder.getMessage(2);
            second.getSubject();
            same.getMessage(2).setFlag(Flags.Flag.DELETED, true);
            same.expunge();
            MailboxStore.move(from.getMessages(), other.store().getFolder(place));

            assertThat(folder.hasNewMessages()).isTrue();

            assertThat(folder.getMessage(folder.getMessageCount()).getSubject()).isEqualTo("old");
            assertThatExceptionOfType(MessageRemovedException.class).isThrownBy(second::getSubject);
        }
    }

    @Test
    void uidsAreStableAndSayNothingOfOrder() throws MessagingException {
        deliver(2);
        long uid;
        try (Folder folder = opened(Folder.READ_ONLY)) {
            uid = ((UIDFolder) folder).getUID(folder.getMessage(2));
        }
        try (Folder folder = opened(Folder.READ_ONLY)) {
            UIDFolder uids = (UIDFolder) folder;
            assertThat(uids.getMessageByUID(uid).getSubject()).isEqualTo(subject + " 2");
            assertThat(diagnosisOf(() -> uids.getMessagesByUID(1, UIDFolder.LASTUID))
                            .code())
                    .isEqualTo(DiagnosisCode.GRAPH_NO_SUCH_NUMBERS);
        }
    }

    @Test
    void whatIsNoDraftIsNotAppended() throws MessagingException {
        Folder drafts = connection.store().getFolder("Drafts");
        Message message = Messages.text(subject, ORDERS);

        assertThat(diagnosisOf(() -> drafts.appendMessages(new Message[] {message}))
                        .code())
                .isEqualTo(DiagnosisCode.GRAPH_APPEND_IS_DRAFT);

        message.setFlag(Flags.Flag.DRAFT, true);
        drafts.appendMessages(new Message[] {message});
        assertThat(box.messages(ORDERS, "Drafts"))
                .filteredOn(each -> each.subject().equals(subject))
                .hasSize(1);
    }

    @Test
    void aMailboxMayBeNamedByTheObjectIdOfItsUser() throws MessagingException {
        deliver(1);
        MailConnection named =
                connector.connection(TestAccounts.graph(ORDERS, Map.of("mail.graph.user", box.objectId(ORDERS))));
        try (Folder folder = named.openFolder(place, Folder.READ_ONLY)) {
            assertThat(folder.getMessage(1).getSubject()).isEqualTo(subject + " 1");
        }
        String sent = subject();
        named.send(Messages.text(sent, ORDERS));
        assertThat(TestBox.message(ORDERS, sent).header("From")).contains(ORDERS);
        MailAccount other = TestAccounts.graph(ORDERS, Map.of("mail.graph.user", box.objectId(ORDERS)))
                .as(SUPPORT);
        assertThat(other.mailProperties()).doesNotContainKey("mail.graph.user");
    }

    @Test
    void foldersAreListed() throws MessagingException {
        assertThat(connection.store().getDefaultFolder().list())
                .extracting(Folder::getFullName)
                .contains("INBOX", "Sent Items", "Drafts", place);
        assertThat(diagnosisOf(() -> connection.openFolder("Nowhere", Folder.READ_ONLY))
                        .code())
                .isEqualTo(DiagnosisCode.FOLDER_FAILURE);
    }
}
