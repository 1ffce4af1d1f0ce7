package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.event.FolderAdapter;
import jakarta.mail.event.FolderEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.ReceivedDateTerm;
import jakarta.mail.search.SearchTerm;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailboxStore;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.ConnectProxy;
import org.outlookmail.testkit.TestBox;

/** An open folder over Graph: its messages stay what they are, whoever reads, closes, cuts or searches meanwhile. */
@Tag("unit")
@ExtendWith(TestBox.class)
class GraphFolderTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final String subject = subject();
    private final String place = "Open " + subject.substring(8, 20);

    @AfterEach
    void close() {
        connector.close();
    }

    private MailConnection connection() throws MessagingException {
        MailConnection connection =
                connector.connection(TestAccounts.graph(ORDERS, Map.of("mail.graph.pagesize", "10")));
        connection.store().getFolder(place).create(Folder.HOLDS_MESSAGES);
        return connection;
    }

    private void deliver(int count, String text) {
        for (int i = 1; i <= count; i++) {
            box.deliver(
                    ORDERS,
                    place,
                    ("From: s@x.org\r\nTo: " + ORDERS + "\r\nSubject: " + subject + " " + i + "\r\nX-Number: " + i
                                    + "\r\n\r\n" + text + i + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void contentThatWasCutInTheMiddleIsReadFromItsBeginning() throws Exception {
        connection();
        String text = new Random(1)
                .ints(1_000_000, 'a', 'z' + 1) // which no compression makes short
                .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
                .toString()
                .replaceAll(".{70}", "$0\r\n");
        deliver(1, text);
        try (ConnectProxy proxy = new ConnectProxy()) {
            MailAccount account = MailAccount.of(
                    ORDERS,
                    TestAccounts.server("graph"),
                    TestAccounts.server("graph"),
                    new MailRoute(TestAccounts.PATIENT, proxy.address(), Optional.empty()),
                    TestAccounts.graph(ORDERS, Map.of()).in().authentication(),
                    Map.of());
            try (Folder folder = connector.connection(account).openFolder(place, Folder.READ_ONLY)) {
                Message message = folder.getMessage(1);
                assertThat(message.getSubject()).isEqualTo(subject + " 1");
                proxy.cutAfter(300_000);

                String content = (String) message.getContent();

                assertThat(proxy.asked()).hasSize(2);
                assertThat(content).isEqualTo(text + "1\r\n");
            }
        }
    }

    @Test
    void severalThreadsReadOneFolder() throws Exception {
        MailConnection connection = connection();
        deliver(40, "Hello ");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread;
                all.add(threads.submit(() -> {
                    for (int number = 1 + first; number <= 40; number += 4) {
                        Message message = folder.getMessage(number);
                        assertThat(message.getContent()).isEqualTo("Hello " + number + "\r\n");
                        assertThat(message.getHeader("X-Number")).containsExactly("" + number);
                        assertThat(connection.store().getFolder(place).exists()).isTrue();
                    }
                    return first;
                }));
            }
            for (Future<Integer> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
            assertThat(folder.getUnreadMessageCount()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoSearchesAndWhoReadsDoNotWaitForEachOther() throws Exception {
        MailConnection connection = connection();
        deliver(10, "Hello ");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Folder folder = connection.openFolder(place, Folder.READ_ONLY)) {
            for (int round = 0; round < 20; round++) {
                Message[] all = folder.getMessages();
                Future<Integer> searched =
                        threads.submit(() -> folder.search(new FlagTerm(new Flags(Flags.Flag.ANSWERED), false)).length);
                Future<Integer> read = threads.submit(() -> {
                    for (Message each : all) {
                        each.getDataHandler();
                    }
                    return all.length;
                });
                assertThat(searched.get(20, TimeUnit.SECONDS)).isEqualTo(10);
                assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(10);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aMessageThatASearchHasFoundIsTheOneOfItsNumberAndMovesUpWithIt() throws MessagingException {
        MailConnection connection = connection();
        deliver(25, "Hello ");
        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            Message[] found = folder.search(
                    new AndTerm(new FlagTerm(new Flags(Flags.Flag.SEEN), false), new SubjectTerm(subject + " 22")));
            assertThat(found).hasSize(1);
            assertThat(found[0].getMessageNumber()).isEqualTo(22);
            assertThat(folder.getMessage(22)).isSameAs(found[0]);
            assertThat(folder.search(new SubjectTerm(subject + " 22"))).containsExactly(found);
            Message[] other = folder.search(
                    new AndTerm(new FlagTerm(new Flags(Flags.Flag.SEEN), false), new SubjectTerm(subject + " 23")));
            folder.setFlags(1, 2, new Flags(Flags.Flag.DELETED), true);

            assertThat(folder.expunge()).hasSize(2);

            assertThat(found[0].getMessageNumber()).isEqualTo(20);
            assertThat(other[0].getMessageNumber()).isEqualTo(21);
            assertThat(folder.getMessage(21)).isSameAs(other[0]);
            assertThat(other[0].getSubject()).isEqualTo(subject + " 23");
        }
    }

    @Test
    void whatHasComeIsThereWhenItIsAskedForByItsNumber() throws MessagingException {
        MailConnection connection = connection();
        deliver(1, "Hello ");
        try (Folder folder = connection.openFolder(place, Folder.READ_ONLY)) {
            deliver(1, "Again ");

            assertThat(folder.getMessage(2).getSubject()).isEqualTo(subject + " 1");
            assertThatThrownBy(() -> folder.getMessage(3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aMessageThatNobodyHasAnyMoreIsNotKept() throws Exception {
        MailConnection connection = connection();
        deliver(2, "Hello ");
        try (Folder folder = connection.openFolder(place, Folder.READ_ONLY)) {
            WeakReference<Message> read = read(folder);

            await().atMost(Duration.ofSeconds(20)).until(() -> {
                System.gc();
                return read.get() == null;
            });
        }
    }

    private static WeakReference<Message> read(Folder folder) throws MessagingException, IOException {
        Message message = folder.getMessage(1);
        assertThat(message.getContent()).isEqualTo("Hello 1\r\n");
        return new WeakReference<>(message);
    }

    @Test
    void whoRenamesAFolderIsToldOfTheApplicationsOwn() throws Exception {
        MailConnection connection = connection();
        Folder folder = connection.store().getFolder(place);
        Folder renamed = connection.store().getFolder(place + " 'new' #1 & 100% + äö");
        BlockingQueue<Folder> told = new LinkedBlockingQueue<>();
        folder.addFolderListener(new FolderAdapter() {
            @Override
            public void folderRenamed(FolderEvent event) {
                told.add(event.getNewFolder());
            }
        });

        assertThat(folder.renameTo(renamed)).isTrue();

        assertThat(told.poll(10, TimeUnit.SECONDS)).isSameAs(renamed);
        assertThat(folder.exists()).isFalse();
        assertThat(renamed.exists()).isTrue();
        assertThat(renamed.getFolder("Sub ' below").create(Folder.HOLDS_MESSAGES))
                .isTrue();
        assertThat(renamed.list("*"))
                .extracting(Folder::getFullName)
                .containsExactly(renamed.getFullName() + "/Sub ' below");
    }

    @Test
    void whatGraphRefusesIsToldByItsDiagnosisAndNotByAClassThatNobodyKnows() throws MessagingException {
        MailConnection connection = connection();
        deliver(1, "Hello ");
        try (Folder folder = connection.openFolder(place, Folder.READ_ONLY)) {
            Message message = folder.getMessage(1);
            assertThat(message.getSubject()).isEqualTo(subject + " 1");
            box.faults(new FaultPlan().graph("VALUE", 403, "ErrorAccessDenied", -1, 1));

            assertThatThrownBy(message::getContent)
                    .isExactlyInstanceOf(DiagnosedMessagingException.class)
                    .hasMessageContaining("could not be read");
        }
    }

    @Test
    void whatComesWhileOthersTakeSomethingAwayIsNoticed() throws MessagingException {
        MailConnection connection = connection();
        deliver(2, "Hello ");
        try (Folder folder = connection.openFolder(place, Folder.READ_ONLY)) {
            assertThat(folder.getMessage(1).getSubject()).isEqualTo(subject + " 1");
            try (Folder others =
                    connector.connection(TestAccounts.graph(ORDERS, Map.of())).openFolder(place, Folder.READ_WRITE)) {
                others.getMessage(1).setFlag(Flags.Flag.DELETED, true);
                others.expunge();
            }
            deliver(1, "Again ");

            assertThat(folder.hasNewMessages()).isTrue();
            assertThat(folder.getMessage(3).getContent()).isEqualTo("Again 1\r\n");
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void whatIsOlderAndWasMovedHereIsNoticed() throws MessagingException {
        MailConnection connection = connection();
        deliver(1, "Old ");
        MailConnection other = connector.connection(TestAccounts.graph(ORDERS, Map.of()));
        Folder elsewhere = other.store().getFolder(place + " else");
        elsewhere.create(Folder.HOLDS_MESSAGES);
        try (Folder first = other.openFolder(place, Folder.READ_WRITE)) {
            MailboxStore.move(first.getMessages(), elsewhere);
        }
        deliver(1, "New ");
        try (Folder folder = connection.openFolder(place, Folder.READ_ONLY)) {
            assertThat(folder.getMessage(1).getSubject()).isEqualTo(subject + " 1");
            try (Folder back = other.openFolder(place + " else", Folder.READ_WRITE)) {
                MailboxStore.move(back.getMessages(), other.store().getFolder(place));
            }

            assertThat(folder.getMessageCount()).isEqualTo(2);
            assertThat(folder.getMessage(2).getSubject()).isEqualTo(subject + " 1");
        }
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // Jakarta Mail's terms have it.
    void whatGraphFiltersIsWhatASearchHereFinds() throws MessagingException {
        MailConnection connection = connection();
        deliver(12, "Hello ");
        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            folder.setFlags(1, 8, new Flags(Flags.Flag.SEEN), true);
            folder.setFlags(5, 12, new Flags(Flags.Flag.FLAGGED), true);
            Flags both = new Flags(Flags.Flag.SEEN);
            both.add(Flags.Flag.FLAGGED);
            Date middle = folder.getMessage(6).getReceivedDate();
            for (SearchTerm flags : List.of(new FlagTerm(both, true), new FlagTerm(both, false))) {
                for (int comparison : new int[] {
                    ComparisonTerm.LE,
                    ComparisonTerm.LT,
                    ComparisonTerm.EQ,
                    ComparisonTerm.NE,
                    ComparisonTerm.GT,
                    ComparisonTerm.GE
                }) {
                    for (Date date : List.of(middle, new Date(0), new Date(Long.MAX_VALUE), new Date(Long.MIN_VALUE))) {
                        SearchTerm term = new AndTerm(flags, new ReceivedDateTerm(comparison, date));

                        assertThat(folder.search(term))
                                .as("%s %s", comparison, date)
                                .containsExactly(folder.search(term, folder.getMessages()));
                    }
                }
            }
        }
    }

    @Test
    void aMessageThatWasReadIsCopiedAnsweredAndSentAgain() throws Exception {
        MailConnection connection = connection();
        deliver(1, "Hello ");
        String again = subject();
        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            Message read = folder.getMessage(1);

            MimeMessage copy = new MimeMessage((MimeMessage) read);

            assertThat(copy.getContent()).isEqualTo("Hello 1\r\n");
            assertThat(copy.getHeader("X-Number")).containsExactly("1");
            assertThat(read.reply(false).getAllRecipients()).containsExactly(new InternetAddress("s@x.org"));
            assertThat(read.isSet(Flags.Flag.ANSWERED)).isTrue();
            copy.setFrom(ORDERS);
            copy.setSubject(again);
            connection.send(copy);
            assertThat(TestBox.message(ORDERS, again).mime())
                    .contains("X-Number: 1")
                    .contains("Hello 1");
        }
    }

    @Test
    void flagsThatGraphDoesNotTakeAreAsTheyWere() throws MessagingException {
        MailConnection connection = connection();
        deliver(1, "Hello ");
        try (Folder folder = connection.openFolder(place, Folder.READ_WRITE)) {
            Message message = folder.getMessage(1);
            message.setFlag(Flags.Flag.FLAGGED, true);
            box.faults(new FaultPlan().graph("BATCH", 403, "ErrorAccessDenied", -1, 1));

            assertThatThrownBy(() -> message.setFlag(Flags.Flag.SEEN, true)).isInstanceOf(MessagingException.class);

            assertThat(message.getFlags()).isEqualTo(new Flags(Flags.Flag.FLAGGED));
        }
    }
}
