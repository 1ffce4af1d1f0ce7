package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.BodyPart;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.Failures;
import org.outlookmail.testkit.TestBox;

/** Whatever is asked of a store, a folder, a message or a part of it, and however the server answers: what fails is diagnosed. */
@Tag("unit")
@ExtendWith(TestBox.class)
class DiagnosedReadingTest {

    private static final List<String> IMAP_COMMANDS = List.of(
            "SELECT",
            "FETCH",
            "STORE",
            "SEARCH",
            "LIST",
            "LSUB",
            "STATUS",
            "CREATE",
            "DELETE",
            "RENAME",
            "SUBSCRIBE",
            "APPEND",
            "COPY",
            "MOVE",
            "EXPUNGE",
            "CLOSE");

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final Map<String, Use> uses = new LinkedHashMap<>();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    /** What was read before anything went wrong. */
    private record Held(Store store, Folder closed, Folder open, Message message, BodyPart text, BodyPart inside) {}

    @FunctionalInterface
    private interface Use {
        void of(Held held) throws Exception;
    }

    private Held held(MailServer server) throws Exception {
        MailAccount account = TestAccounts.account(NOREPLY);
        Store store = connector
                .connection(MailAccount.of(
                        NOREPLY,
                        account.out().server(),
                        server,
                        account.route(),
                        account.out().authentication(),
                        account.mailProperties()))
                .store();
        Folder open = store.getFolder("INBOX");
        open.open(Folder.READ_WRITE);
        Message message = open.getMessage(open.getMessageCount());
        Multipart parts = server.pop3() ? null : (Multipart) message.getContent();
        return new Held(
                store,
                store.getFolder(server.pop3() ? "INBOX" : "Sent Items"),
                open,
                open.getMessage(open.getMessageCount()),
                parts == null ? null : parts.getBodyPart(0),
                parts == null ? null : parts.getBodyPart(1));
    }

    private void multipartArrives() throws Exception {
        MimeMessage original = Messages.text(subject(), NOREPLY);
        original.saveChanges();
        MimeBodyPart text = new MimeBodyPart();
        text.setText("See below");
        MimeBodyPart inside = new MimeBodyPart();
        inside.setContent(original, "message/rfc822");
        MimeMessage message = Messages.text(subject(), NOREPLY);
        message.setContent(new MimeMultipart(text, inside));
        try (MailConnection connection = connector.connection(TestAccounts.account(NOREPLY))) {
            connection.send(message);
        }
    }

    private static Message[] one(Held held) {
        return new Message[] {held.message()};
    }

    private void imapUses() {
        uses.put("list", held -> held.store().getDefaultFolder().list("*"));
        uses.put("listSubscribed", held -> held.store().getDefaultFolder().listSubscribed("*"));
        uses.put("exists", held -> held.closed().exists());
        uses.put("getType", held -> held.closed().getType());
        uses.put("getSeparator", held -> held.closed().getSeparator());
        uses.put("getParent", held -> held.closed().getParent());
        uses.put("getFolder", held -> held.closed().getFolder("Child"));
        uses.put("getMessageCount", held -> held.closed().getMessageCount());
        uses.put("getUIDValidity", held -> ((UIDFolder) held.closed()).getUIDValidity());
        uses.put("create", held -> held.store().getFolder("New").create(Folder.HOLDS_MESSAGES));
        uses.put("delete", held -> held.closed().delete(false));
        uses.put("renameTo", held -> held.closed().renameTo(held.store().getFolder("Other")));
        uses.put("setSubscribed", held -> held.closed().setSubscribed(true));
        uses.put("hasNewMessages", held -> held.closed().hasNewMessages());
        uses.put("open", held -> held.closed().open(Folder.READ_ONLY));
        uses.put(
                "appendMessages",
                held -> held.closed().appendMessages(new Message[] {Messages.text("Appended", NOREPLY)}));
        uses.put("fetch", held -> {
            FetchProfile profile = new FetchProfile();
            profile.add(FetchProfile.Item.ENVELOPE);
            held.open().fetch(one(held), profile);
        });
        uses.put("search", held -> held.open().search(new SubjectTerm("Subject")));
        uses.put("getUnreadMessageCount", held -> held.open().getUnreadMessageCount());
        uses.put("folder.setFlags", held -> held.open().setFlags(one(held), new Flags(Flags.Flag.FLAGGED), true));
        uses.put("copyMessages", held -> held.open().copyMessages(one(held), held.closed()));
        uses.put("move", held -> MailboxStore.move(one(held), held.closed()));
        uses.put("expunge", held -> held.open().expunge());
        uses.put("close", held -> held.open().close(true));
        uses.put("getUID", held -> ((UIDFolder) held.open()).getUID(held.message()));
        uses.put("getMessageByUID", held -> ((UIDFolder) held.open()).getMessageByUID(1));
        uses.put("getMessagesByUID", held -> ((UIDFolder) held.open()).getMessagesByUID(1, UIDFolder.LASTUID));
        messageUses();
        uses.put("getFlags", held -> held.message().getFlags());
        uses.put("getReceivedDate", held -> held.message().getReceivedDate());
        uses.put("setFlag", held -> held.message().setFlag(Flags.Flag.FLAGGED, true));
        uses.put("part.getContent", held -> held.text().getContent());
        uses.put("part.getInputStream", held -> held.text().getInputStream().readAllBytes());
        uses.put("part.writeTo", held -> held.text().writeTo(OutputStream.nullOutputStream()));
        uses.put("part.getHeader", held -> held.text().getHeader("Content-Type"));
        uses.put("nested.getHeader", held -> ((Message) held.inside().getContent()).getHeader("X-Other"));
        uses.put("nested.getContent", held -> ((Message) held.inside().getContent()).getContent());
        uses.put(
                "nested.writeTo",
                held -> ((Message) held.inside().getContent()).writeTo(OutputStream.nullOutputStream()));
    }

    private void messageUses() {
        uses.put("getSubject", held -> held.message().getSubject());
        uses.put("getFrom", held -> held.message().getFrom());
        uses.put("getAllRecipients", held -> held.message().getAllRecipients());
        uses.put("getReplyTo", held -> held.message().getReplyTo());
        uses.put("getSentDate", held -> held.message().getSentDate());
        uses.put("getSize", held -> held.message().getSize());
        uses.put("getHeader", held -> held.message().getHeader("X-Mailer"));
        uses.put("getAllHeaders", held -> held.message().getAllHeaders());
        uses.put("getInputStream", held -> held.message().getInputStream().readAllBytes());
        uses.put("writeTo", held -> held.message().writeTo(OutputStream.nullOutputStream()));
        uses.put("reply", held -> held.message().reply(true));
        uses.put("copy", held -> new MimeMessage((MimeMessage) held.message()));
    }

    /** Uses each, every time over a login of its own; which of them failed. */
    private List<String> walked(MailServer server, FaultPlan faults) throws Exception {
        multipartArrives();
        TreeSet<String> withoutFailure = new TreeSet<>();
        for (Map.Entry<String, Use> use : uses.entrySet()) {
            box.reset();
            Held held = held(server);
            box.faults(faults);
            Throwable failure = catchThrowable(() -> use.getValue().of(held));
            if (failure == null) {
                withoutFailure.add(use.getKey());
            } else {
                assertThat(failure).as(use.getKey()).isInstanceOfAny(MessagingException.class, IOException.class);
                assertThat(Diagnosis.of(failure))
                        .as(use.getKey() + ": " + failure)
                        .hasValueSatisfying(
                                diagnosis -> assertThat(diagnosis.details()).containsEntry("mailbox", NOREPLY));
            }
            connector.close();
        }
        box.reset();
        return List.copyOf(withoutFailure);
    }

    private static FaultPlan everywhere(String action, String reply) {
        FaultPlan plan = new FaultPlan();
        IMAP_COMMANDS.forEach(command -> plan.imap(command, action, reply, -1));
        return plan;
    }

    @ParameterizedTest
    @CsvSource({
        "reply, BAD Command Error. 12",
        "reply, NO Something went wrong.",
        "reply, * BYE Connection closed.",
        "drop, ''"
    })
    void ofImap(String action, String reply) throws Exception {
        imapUses();
        // Jakarta Mail has false for a folder that the server does not make, and so on; what fetch has not got, it gets
        // later.
        assertThat(walked(TestAccounts.server("imaps"), everywhere(action, reply)))
                .containsExactlyElementsOf(
                        reply.startsWith("NO")
                                ? List.of("create", "delete", "fetch", "search", "setSubscribed")
                                : List.of("fetch"));
    }

    /** A server that throttles refuses in the middle of an attachment. */
    @Test
    void contentThatTheServerRefusesToGiveIsNotTakenForItsEnd() throws Exception {
        MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
        connection.send(Messages.withAttachment(subject(), 3_000_000, NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY);
        Message message = inbox.getMessage(inbox.getMessageCount());
        BodyPart attachment = ((Multipart) message.getContent()).getBodyPart(0);
        try (InputStream content = attachment.getInputStream()) {
            assertThat(content.readNBytes(1000)).hasSize(1000);
            box.faults(new FaultPlan().imap("FETCH", "reply", "NO Request is throttled.", 1));
            Throwable failure = Failures.failureOf(content::readAllBytes);
            assertThat(failure).isInstanceOf(IOException.class);
            assertThat(Diagnosis.of(failure).orElseThrow().code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        }
        box.faults(new FaultPlan().imap("FETCH", "reply", "NO Request is throttled.", 1));
        assertThat(Failures.diagnosisOf(() -> message.writeTo(OutputStream.nullOutputStream()))
                        .details()
                        .get("reply"))
                .contains("NO Request is throttled.");
    }

    @Test
    void aFailureThatCanHaveNoOtherCauseIsDiagnosedToo() throws Exception {
        MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY);
        IOException settled = new IOException("connection reset", null);
        IOException told = connection.failures().reading(inbox, System.nanoTime(), settled);
        assertThat(Diagnosis.of(told)).isPresent();
        assertThat(told).hasSuppressedException(settled);
        IOException open = new IOException("connection reset");
        assertThat(connection.failures().reading(inbox, System.nanoTime(), open))
                .isSameAs(open);
        assertThat(Diagnosis.of(open)).isPresent();
    }

    /** Whoever is told that it was removed deals with it no more. */
    @Test
    void aMessageThatTheServerRefusesToGiveWasNotRemoved() throws Exception {
        MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
        connection.send(Messages.withAttachment(subject(), 1_000, NOREPLY));
        connection.send(Messages.text(subject(), NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY);
        Message text = inbox.getMessage(inbox.getMessageCount());
        text.getContentType();
        BodyPart part =
                ((Multipart) inbox.getMessage(inbox.getMessageCount() - 1).getContent()).getBodyPart(0);
        part.getContentType();
        for (Part refused : new Part[] {text, part}) {
            box.faults(new FaultPlan().imap("FETCH", "reply", "NO Request is throttled.", 1));
            Throwable failure =
                    Failures.failureOf(() -> refused.getInputStream().readAllBytes());
            assertThat(Diagnosis.of(failure).orElseThrow().code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
            box.faults(new FaultPlan().imap("FETCH", "reply", "NO Request is throttled.", 1));
            failure = Failures.failureOf(() -> refused.getDataHandler().writeTo(OutputStream.nullOutputStream()));
            assertThat(Diagnosis.of(failure).orElseThrow().code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        }
        box.faults(new FaultPlan().imap("FETCH", "reply", "NO Request is throttled.", 1));
        Throwable failure = Failures.failureOf(text::getContent);
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(Diagnosis.of(failure).orElseThrow().code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        assertThat(text.getContent()).isInstanceOf(String.class);
    }

    @ParameterizedTest
    @CsvSource({"reply, -ERR Something went wrong.", "drop, ''"})
    void ofPop3(String action, String reply) throws Exception {
        messageUses();
        uses.put("open", held -> {
            held.open().close(false);
            held.closed().open(Folder.READ_ONLY);
        });
        List<String> answered = walked(
                TestAccounts.server("pop3s"),
                new FaultPlan().pop3("SELECT", action, reply, -1).pop3("FETCH", action, reply, -1));
        assertThat(answered).isEmpty();
    }

    @Test
    void whatTheServerSaysIsInTheDetailsAndATypeThatCallersAskForStays() throws Exception {
        Store store = connector.connection(TestAccounts.account(NOREPLY)).store();
        Folder missing = store.getFolder("No such folder");
        Throwable failure = Failures.failureOf(() -> missing.open(Folder.READ_ONLY));
        assertThat(failure).isInstanceOf(FolderNotFoundException.class).hasMessageContaining("No such folder");
        assertThat(((FolderNotFoundException) failure).getFolder()).isSameAs(missing);
        assertThat(Diagnosis.of(failure).orElseThrow().code()).isEqualTo(DiagnosisCode.FOLDER_FAILURE);
        box.faults(new FaultPlan().imap("LIST", "reply", "BAD Command Error. 12", 1));
        Diagnosis diagnosis =
                Failures.diagnosisOf(() -> store.getDefaultFolder().list("*"));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.FOLDER_FAILURE);
        assertThat(diagnosis.details().get("reply")).contains("BAD Command Error. 12");
    }
}
