package org.outlookmail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against an IMAP server, whose protocol lines are counted. */
@Tag("unit")
class FolderReaderTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final ByteArrayOutputStream protocol = new ByteArrayOutputStream();
    private GreenMailUser ann;
    private Session session;

    @BeforeEach
    void start() {
        server.start();
        ann = server.setUser("ann@contoso.com", "ann@contoso.com", "not-a-secret");
        Properties properties = new Properties();
        properties.setProperty("mail.store.protocol", "imap");
        properties.setProperty("mail.from", "noreply@contoso.com");
        session = Session.getInstance(properties);
        session.setDebugOut(new PrintStream(protocol, true, StandardCharsets.UTF_8));
        session.setDebug(true);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void theNewestMailsComeFirstAndInOneFetch() throws Exception {
        for (int i = 1; i <= 5; i++) {
            deliver("mail " + i, "text " + i);
        }

        List<MailSummary> newest = newest(3);

        assertThat(newest).extracting(MailSummary::subject).containsExactly("mail 5", "mail 4", "mail 3");
        assertThat(newest).allSatisfy(mail -> {
            assertThat(mail.uid()).isPositive();
            assertThat(mail.messageId()).matches("<.+@.+>");
            assertThat(mail.from()).isEqualTo("noreply@contoso.com");
            assertThat(mail.to()).containsExactly("\"Ann Müller\" <ann@contoso.com>");
            assertThat(mail.sentDate()).endsWith("Z");
            assertThat(mail.seen()).isFalse();
            assertThat(mail.size()).isPositive();
        });
        assertThat(protocol.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.matches("\\w+ (UID )?FETCH .*")))
                .hasSize(1);
    }

    @Test
    void anEmptyFolderIsAnEmptyList() throws Exception {
        assertThat(newest(20)).isEmpty();
    }

    @Test
    void readingAMailLeavesItUnread() throws Exception {
        deliver("Grüße", "Zeile eins\r\nZeile zwei");
        long uid = newest(1).get(0).uid();

        MailText mail = text(uid).orElseThrow();

        assertThat(mail.mail().subject()).isEqualTo("Grüße");
        assertThat(mail.text()).contains("Zeile eins", "Zeile zwei");
        assertThat(newest(1).get(0).seen()).isFalse();
    }

    @Test
    void aMailThatIsSeenIsListedAsSeen() throws Exception {
        deliver("old news", "text");
        server.getManagers()
                .getImapHostManager()
                .getInbox(ann)
                .getMessages()
                .get(0)
                .setFlags(new Flags(Flags.Flag.SEEN), true);

        assertThat(newest(1).get(0).seen()).isTrue();
    }

    @Test
    void aNumberThatTheFolderDoesNotHaveIsEmpty() throws Exception {
        assertThat(text(4711)).isEmpty();
    }

    private void deliver(String subject, String text) throws MessagingException {
        InternetAddress to = new InternetAddress("=?UTF-8?Q?Ann_M=C3=BCller?= <ann@contoso.com>", true);
        MimeMessage message = new MailDraft(null, List.of(to), subject, text, Via.SESSION).in(session);
        message.saveChanges();
        ann.deliver(message);
    }

    private List<MailSummary> newest(int limit) throws MessagingException {
        return inbox(reader -> reader.newest(limit));
    }

    private Optional<MailText> text(long uid) throws MessagingException {
        return inbox(reader -> reader.text(uid));
    }

    private interface Use<T> {
        T of(FolderReader reader) throws MessagingException;
    }

    private <T> T inbox(Use<T> use) throws MessagingException {
        try (Store store = session.getStore()) {
            store.connect("127.0.0.1", server.getImap().getPort(), "ann@contoso.com", "not-a-secret");
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            try (inbox) {
                return use.of(new FolderReader(inbox));
            }
        }
    }
}
