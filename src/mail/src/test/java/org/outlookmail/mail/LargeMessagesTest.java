package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What reading a large attachment costs, in round trips. */
@Tag("unit")
@ExtendWith(TestBox.class)
class LargeMessagesTest {

    private static final int OCTETS = 10_000_000;

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    /** IMAP commands that it took to read the attachment. */
    private long commands(String store, int octets, Map<String, String> mailProperties) throws Exception {
        MailConnection connection = connector.connection(MailAccount.of(
                NOREPLY,
                TestAccounts.server("smtp"),
                TestAccounts.server(store),
                MailRoute.direct(PATIENT),
                TestAccounts.account(NOREPLY).out().authentication(),
                mailProperties));
        String subject = subject();
        connection.send(Messages.withAttachment(subject, octets, NOREPLY));
        try (Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY)) {
            Message message = inbox.getMessage(inbox.getMessageCount());
            assertThat(message.getSubject()).isEqualTo(subject);
            Multipart parts = (Multipart) message.getContent();
            Part attachment = parts.getBodyPart(parts.getCount() - 1);
            attachment.getContentType();
            long before = box.state().imap().commands();
            try (InputStream content = attachment.getInputStream()) {
                assertThat(content.transferTo(OutputStream.nullOutputStream())).isEqualTo(octets);
            }
            return box.state().imap().commands() - before;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps"})
    void anAttachmentOfTenMegabytesIsReadInAFewRoundTrips(String store) throws Exception {
        assertThat(commands(store, OCTETS, Map.of())).isBetween(2L, 20L);
    }

    @Test
    void whoWantsSmallerPiecesGetsThem() throws Exception {
        assertThat(commands("imaps", 1_000_000, Map.of("mail.imaps.fetchsize", "65536")))
                .isBetween(20L, 30L);
    }
}
