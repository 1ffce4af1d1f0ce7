package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Folder;
import jakarta.mail.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes that a password opens, next to ones that it does not. */
class BasicPasswordTest {
    private static final String MAILBOX = "orders@contoso.com";
    /** For clients that send PASS in ISO 8859-1, as POP3 without UTF8 (RFC 6856) leaves open. */
    private static final String ASCII_MAILBOX = "support@contoso.com";

    private static final String OTHER = "noreply@contoso.com";
    private static final String PASSWORD = "grün \"und\" \\ {3} ";

    private final SettableClock clock = new SettableClock();
    private final Sandbox sandbox = Sandbox.builder()
            .randomPorts()
            .clock(clock)
            .basicPassword("Orders@contoso.com", PASSWORD)
            .basicPassword(ASCII_MAILBOX, "made up")
            .start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private RawClient imap() throws IOException {
        RawClient client = RawClient.tls(sandbox, sandbox.imapsPort());
        client.line();
        return client;
    }

    private RawClient pop3() throws IOException {
        RawClient client = RawClient.tls(sandbox, sandbox.pop3sPort());
        client.line();
        return client;
    }

    @Test
    void smtpOffersPlainWithinTlsOnlyAndTakesItInOneLineOrTwo() throws Exception {
        try (RawClient client = RawClient.plain(sandbox, sandbox.smtpPort())) {
            client.reply();
            assertThat(client.ask("EHLO a")).doesNotContain("AUTH");
            assertThat(client.ask("AUTH PLAIN " + RawClient.plainAnswer(MAILBOX, PASSWORD)))
                    .startsWith("504");
        }
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(client.ask("EHLO a")).contains("AUTH LOGIN PLAIN XOAUTH2");
            assertThat(client.ask("AUTH PLAIN " + RawClient.plainAnswer(MAILBOX, PASSWORD)))
                    .startsWith("235");
            assertThat(client.ask("MAIL FROM:<" + MAILBOX + ">")).startsWith("250");
        }
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(client.ask("AUTH PLAIN")).isEqualTo("334");
            assertThat(client.ask(RawClient.plainAnswer(MAILBOX, PASSWORD))).startsWith("235");
        }
    }

    @Test
    void smtpTakesLoginWithTheNameInItsLineOrWithout() throws Exception {
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(client.ask("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(client.ask(RawClient.base64(MAILBOX))).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(client.ask(RawClient.base64(PASSWORD))).startsWith("235");
        }
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(client.ask("AUTH LOGIN " + RawClient.base64(MAILBOX))).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(client.ask(RawClient.base64(PASSWORD))).startsWith("235");
        }
    }

    @Test
    void smtpTellsAWrongPasswordFromAMailboxThatTakesNone() throws Exception {
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(client.ask("AUTH PLAIN " + RawClient.plainAnswer(MAILBOX, "wrong")))
                    .startsWith("535 5.7.3 Authentication unsuccessful");
            assertThat(client.ask("AUTH PLAIN " + RawClient.plainAnswer(OTHER, PASSWORD)))
                    .startsWith("550 5.7.30 Basic authentication is not supported");
            assertThat(client.ask("AUTH LOGIN " + RawClient.base64(OTHER))).startsWith("334");
            assertThat(client.ask(RawClient.base64(PASSWORD))).startsWith("550 5.7.30");
            assertThat(client.ask("AUTH PLAIN !!!")).startsWith("535 5.7.3");
            assertThat(client.ask("AUTH PLAIN " + RawClient.base64(MAILBOX))).startsWith("535 5.7.3");
            assertThat(client.ask("AUTH PLAIN " + RawClient.base64(OTHER + "\0" + MAILBOX + "\0" + PASSWORD)))
                    .startsWith("535 5.7.3");
        }
        assertThat(sandbox.state().smtp().refusedAuthentications()).isEqualTo(6);
    }

    @Test
    void limitsAndFaultsOfSmtpHoldForPasswordsToo() throws Exception {
        String auth = "AUTH PLAIN " + RawClient.plainAnswer(MAILBOX, PASSWORD);
        sandbox.faults(
                new FaultPlan().smtp("AUTH", "reply", "454 4.7.0 Later", 1).maxConnections(1));
        try (RawClient first = RawClient.smtp(sandbox);
                RawClient second = RawClient.smtp(sandbox)) {
            assertThat(first.ask(auth)).startsWith("454 4.7.0 Later");
            assertThat(first.ask(auth)).startsWith("235");
            assertThat(second.ask(auth)).startsWith("432 4.3.2");
            sandbox.faults(new FaultPlan().smtpAuthDisabled(MAILBOX));
            assertThat(second.ask(auth)).startsWith("535 5.7.139");
        }
    }

    @Test
    void imapTakesTheStringsOfLoginInEveryForm() throws Exception {
        String quoted = "\"" + PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        String literal = "{" + PASSWORD.getBytes(StandardCharsets.UTF_8).length + "+}\r\n" + PASSWORD;
        for (String arguments : new String[] {
            MAILBOX + " " + quoted, "\"" + MAILBOX + "\" " + literal, "{18+}\r\n" + MAILBOX + " " + literal
        }) {
            try (RawClient client = imap()) {
                assertThat(client.askLine("a LOGIN " + arguments)).isEqualTo("a OK LOGIN completed.");
                client.send("b SELECT INBOX\r\n");
                assertThat(client.until("b ")).contains("b OK");
            }
        }
    }

    @Test
    void imapTakesPlainAndRefusesWhatIsWrongAlike() throws Exception {
        try (RawClient client = imap()) {
            assertThat(client.askLine("a CAPABILITY")).contains("AUTH=PLAIN", "AUTH=XOAUTH2");
            client.line();
            assertThat(client.askLine("b LOGIN " + MAILBOX + " wrong")).isEqualTo("b NO LOGIN failed.");
            assertThat(client.askLine("c LOGIN " + OTHER + " x")).isEqualTo("c NO LOGIN failed.");
            assertThat(client.askLine("d LOGIN " + MAILBOX)).startsWith("d BAD");
            assertThat(client.askLine("e AUTHENTICATE PLAIN " + RawClient.plainAnswer(MAILBOX, "wrong")))
                    .isEqualTo("e NO AUTHENTICATE failed.");
            assertThat(client.askLine("f AUTHENTICATE PLAIN")).isEqualTo("+");
            assertThat(client.askLine("*")).startsWith("f BAD");
            assertThat(client.askLine("g AUTHENTICATE PLAIN")).isEqualTo("+");
            assertThat(client.askLine(RawClient.plainAnswer(MAILBOX, PASSWORD)))
                    .isEqualTo("g OK AUTHENTICATE completed.");
        }
        assertThat(sandbox.state().imap().refusedAuthentications()).isEqualTo(3);
        assertThat(sandbox.state().imap().lastRefusal()).isEqualTo("wrong password for " + MAILBOX);
    }

    @Test
    void pop3TakesUserAndPassWithBlanksAndPlain() throws Exception {
        try (RawClient client = pop3()) {
            client.send("CAPA\r\n");
            assertThat(client.until(".")).contains("USER", "SASL PLAIN XOAUTH2");
            client.send("AUTH\r\n");
            assertThat(client.until(".")).contains("PLAIN\nXOAUTH2");
            assertThat(client.askLine("USER " + MAILBOX)).isEqualTo("+OK");
            assertThat(client.askLine("PASS " + PASSWORD.strip())).startsWith("-ERR Logon failure");
            assertThat(client.askLine("USER " + OTHER)).isEqualTo("+OK");
            assertThat(client.askLine("PASS " + PASSWORD)).startsWith("-ERR Logon failure");
            assertThat(client.askLine("USER " + MAILBOX)).isEqualTo("+OK");
            assertThat(client.askLine("PASS " + PASSWORD)).startsWith("+OK");
            assertThat(client.askLine("STAT")).startsWith("+OK 0");
        }
        try (RawClient client = pop3()) {
            assertThat(client.askLine("AUTH PLAIN " + RawClient.plainAnswer(MAILBOX, "wrong")))
                    .startsWith("-ERR Authentication failure");
            assertThat(client.askLine("AUTH PLAIN")).isEqualTo("+");
            assertThat(client.askLine("*")).startsWith("-ERR The AUTH protocol exchange was canceled");
            assertThat(client.askLine("AUTH PLAIN " + RawClient.plainAnswer(MAILBOX, PASSWORD)))
                    .startsWith("+OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s"})
    void angusMailLogsInWithThePasswordOnEveryPort(String protocol) throws Exception {
        sandbox.deliver(ASCII_MAILBOX, MailClients.mail("One"));
        var session = MailClients.session(sandbox);
        session.getProperties().remove("mail." + protocol + ".auth.mechanisms");
        try (Store store = session.getStore(protocol)) {
            store.connect(ASCII_MAILBOX, "made up");
            try (Folder inbox = MailClients.open(store, "INBOX")) {
                assertThat(inbox.getMessageCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void aSessionOpenedByAPasswordOutlivesEveryToken() throws Exception {
        try (RawClient client = imap()) {
            assertThat(client.askLine("a AUTHENTICATE PLAIN " + RawClient.plainAnswer(MAILBOX, PASSWORD)))
                    .startsWith("a OK");
            clock.advance(Duration.ofHours(10));
            sandbox.faults(new FaultPlan().expireTokens());
            assertThat(client.askLine("b NOOP")).startsWith("b OK");
        }
    }

    @Test
    void aPasswordNeedsAMailboxAndIsNamedInNoMessage() {
        assertThatThrownBy(() -> Sandbox.builder()
                        .randomPorts()
                        .basicPassword("ghost@contoso.com", "not-to-be-seen")
                        .basicPassword(MAILBOX, "")
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "ghost@contoso.com, which is no mailbox", "password of " + MAILBOX + " is empty")
                .hasMessageNotContaining("not-to-be-seen");
    }

    @Test
    void noPasswordIsLogged() throws Exception {
        StringBuilder log = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public synchronized void publish(LogRecord line) {
                log.append(line.getMessage()).append('\n');
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("org.outlookmail.sandbox");
        logger.addHandler(handler);
        logger.setLevel(Level.ALL);
        try (RawClient smtp = RawClient.smtp(sandbox);
                RawClient imap = imap();
                RawClient pop3 = pop3()) {
            smtp.ask("AUTH PLAIN " + RawClient.plainAnswer(MAILBOX, "wrong-secret"));
            imap.askLine("a LOGIN " + MAILBOX + " wrong-secret");
            pop3.askLine("USER " + MAILBOX);
            pop3.askLine("PASS wrong-secret");
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        assertThat(log.toString())
                .contains("SMTP login of " + MAILBOX + " refused: wrong password")
                .contains("IMAP login", "POP3 login")
                .doesNotContain("wrong-secret", RawClient.plainAnswer(MAILBOX, "wrong-secret"));
        assertThat(sandbox.state().toString()).doesNotContain("wrong-secret");
    }
}
