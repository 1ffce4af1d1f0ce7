package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.Folder;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** A server that says in EHLO how much it takes (RFC 1870). */
@Tag("unit")
@ExtendWith(TestBox.class)
class MessageSizeTest {

    private static final int LIMIT = 200_000;
    private static final String MAILBOX = "noreply@contoso.com";

    @TempDir
    Path folder;

    private final Connector connector = new Connector();
    private Sandbox box;
    private MailConnection connection;

    @BeforeEach
    void start() {
        box = Sandbox.builder()
                .randomPorts()
                .mailbox(MAILBOX)
                .maxMessageBytes(LIMIT)
                .start();
        connection = connector.connection(MailAccount.of(
                MAILBOX,
                new MailServer("smtp", "localhost", box.relayPort()),
                new MailServer("imaps", "localhost", box.imapsPort()),
                new MailRoute(TestAccounts.PATIENT, Proxy.NO_PROXY, TestAccounts.trustOf(box)),
                new Authentication.None(false),
                Map.of()));
    }

    @AfterEach
    void stop() {
        connector.close();
        box.close();
    }

    private static MimeMessage with(DataHandler attachment) throws Exception {
        MimeBodyPart text = new MimeBodyPart();
        text.setText("What you asked for.");
        MimeBodyPart file = new MimeBodyPart();
        file.setDataHandler(attachment);
        file.setFileName("report.bin");
        MimeMessage message = Messages.text(subject(), MAILBOX);
        message.setContent(new MimeMultipart(text, file));
        return message;
    }

    private void assertRefusedBefore(MimeMessage message) {
        Diagnosis diagnosis = diagnosisOf(() -> connection.send(message));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MESSAGE_TOO_LARGE);
        assertThat(diagnosis.details()).containsEntry("limitOctets", Integer.toString(LIMIT));
        assertThat(Long.parseLong(diagnosis.details().get("octetsAtLeast"))).isGreaterThan(LIMIT);
        // EHLO, STARTTLS, EHLO: no MAIL
        assertThat(box.state().smtp().commands()).isEqualTo(3);
    }

    @Test
    void anAttachmentThatIsTooLargeIsRefusedBeforeAnythingIsSent() throws Exception {
        assertRefusedBefore(
                with(new DataHandler(new ByteArrayDataSource(new byte[LIMIT + 1], "application/octet-stream"))));
    }

    @Test
    void aFileToo() throws Exception {
        Path file = Files.write(folder.resolve("large.bin"), new byte[LIMIT + 1]);
        assertRefusedBefore(with(new DataHandler(new FileDataSource(file.toFile()))));
    }

    @Test
    void whatGrowsTooLargeOnItsWayIsCountedAsItLeaves() throws Exception {
        byte[] grows = new byte[LIMIT * 4 / 5]; // Smaller than the limit; by a third larger in base64.
        new java.util.Random(1).nextBytes(grows);
        assertRefusedBefore(with(new DataHandler(new ByteArrayDataSource(grows, "application/octet-stream"))));
    }

    @Test
    void whatFitsIsSent() throws Exception {
        connection.send(
                with(new DataHandler(new ByteArrayDataSource(new byte[LIMIT / 2], "application/octet-stream"))));
        assertThat(box.messages(MAILBOX)).hasSize(1);
    }

    /** What a server says of a message that is to be forwarded is a guess at Exchange, and may cost a round trip. */
    @Test
    void theSizeThatAMailboxTellsOfItsMessageIsNotAskedFor() throws Exception {
        Folder elsewhere = connector
                .connection(TestAccounts.account(TestBox.NOREPLY))
                .store()
                .getDefaultFolder();
        connection.send(new MimeMessage(Messages.text(subject(), MAILBOX)) {
            @Override
            public Folder getFolder() {
                return elsewhere;
            }

            @Override
            public int getSize() {
                return LIMIT + 1;
            }
        });
        assertThat(box.messages(MAILBOX)).hasSize(1);
    }

    /** Its content can perhaps be read only once, so the server tells; with the limit, and the connection stays. */
    @Test
    void whatCannotBeCountedBeforeIsRefusedByTheServerWithTheSameCode() throws Exception {
        DataHandler once = new DataHandler(new jakarta.activation.DataSource() {
            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(new byte[LIMIT + 1]);
            }

            @Override
            public OutputStream getOutputStream() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String getContentType() {
                return "application/octet-stream";
            }

            @Override
            public String getName() {
                return "once";
            }
        });
        Diagnosis diagnosis = diagnosisOf(() -> connection.send(with(once)));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MESSAGE_TOO_LARGE);
        assertThat(diagnosis.details())
                .containsEntry("limitOctets", Integer.toString(LIMIT))
                .doesNotContainKey("octetsAtLeast");
        connection.send(Messages.text(subject(), MAILBOX));
        assertThat(box.state().smtp().connections()).isEqualTo(1);
    }
}
