package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Folder;
import jakarta.mail.Store;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** IMAP on the port that begins in the clear. */
class ImapStartTlsTest {
    private static final String MAILBOX = "orders@contoso.com";

    private final Sandbox sandbox = Sandbox.builder()
            .randomPorts()
            .basicPassword(MAILBOX, "a made-up one")
            .start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.plain(sandbox, sandbox.imapPort());
        assertThat(client.line()).startsWith("* OK The Microsoft Exchange IMAP4 service is ready.");
        return client;
    }

    @Test
    void aMailboxIsReadThroughAngusMail() throws Exception {
        sandbox.deliver(MAILBOX, MailClients.mail("One"));
        try (Store store = MailClients.connect(sandbox, "imap", MAILBOX, sandbox.issueToken());
                Folder inbox = MailClients.open(store, "INBOX")) {
            assertThat(inbox.getMessage(1).getSubject()).isEqualTo("One");
        }
        assertThat(sandbox.state().imap().authentications()).isEqualTo(1);
    }

    @Test
    void noWayToLogInIsOfferedOrTakenBeforeTls() throws Exception {
        try (RawClient client = connect()) {
            assertThat(client.askLine("a CAPABILITY"))
                    .contains("IMAP4rev1", "STARTTLS", "LOGINDISABLED")
                    .doesNotContain("AUTH=", "SASL-IR");
            assertThat(client.line()).startsWith("a OK");
            assertThat(client.askLine("b LOGIN " + MAILBOX + " \"a made-up one\""))
                    .isEqualTo("b BAD Command received in Invalid state.");
            assertThat(client.askLine("c AUTHENTICATE XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .startsWith("c BAD");
            assertThat(client.askLine("d AUTHENTICATE PLAIN " + RawClient.plainAnswer(MAILBOX, "a made-up one")))
                    .startsWith("d BAD");
            assertThat(client.askLine("e SELECT INBOX")).startsWith("e BAD");
        }
        assertThat(sandbox.state().imap().authentications()).isZero();
    }

    @Test
    void theCapabilitiesAreOthersWithinTls() throws Exception {
        try (RawClient client = RawClient.upgraded(sandbox, sandbox.imapPort(), "a STARTTLS")) {
            assertThat(client.askLine("b CAPABILITY"))
                    .contains("AUTH=XOAUTH2", "AUTH=PLAIN", "SASL-IR")
                    .doesNotContain("STARTTLS", "LOGINDISABLED");
            assertThat(client.line()).startsWith("b OK");
            assertThat(client.askLine("c STARTTLS")).isEqualTo("c BAD Command received in Invalid state.");
            assertThat(client.askLine("d AUTHENTICATE XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .isEqualTo("d OK AUTHENTICATE completed.");
            client.send("e SELECT INBOX\r\n");
            assertThat(client.until("e ")).contains("e OK");
        }
    }

    @Test
    void commandsBehindStarttlsInTheClearAreNotExecuted() throws Exception {
        try (RawClient client = connect()) {
            client.send("a STARTTLS\r\nb NOOP\r\nc LOGIN " + MAILBOX + " \"a made-up one\"\r\n");
            assertThat(client.line()).startsWith("a OK");
            client.startTls();
            // Neither b nor c is answered: what comes first is the answer to this.
            assertThat(client.askLine("d LOGIN " + MAILBOX + " \"a made-up one\""))
                    .isEqualTo("d OK LOGIN completed.");
        }
        assertThat(sandbox.state().imap().commands()).isEqualTo(2);
        assertThat(sandbox.state().imap().authentications()).isEqualTo(1);
    }

    @Test
    void startingTlsCanBeRefusedCutOrStalled() throws Exception {
        sandbox.faults(new FaultPlan()
                .imap("STARTTLS", "reply", "NO Server Unavailable. 15", 1)
                .imap("STARTTLS", "drop", "", 1)
                .imap("STARTTLS", "stall", "", 1));
        try (RawClient client = connect()) {
            assertThat(client.askLine("a STARTTLS")).isEqualTo("a NO Server Unavailable. 15");
            assertThat(client.askLine("b STARTTLS")).isEqualTo("(end)");
        }
        try (RawClient client = connect()) {
            client.timeoutMillis(300);
            assertThatThrownBy(() -> client.askLine("a STARTTLS")).isInstanceOf(SocketTimeoutException.class);
        }
        RawClient.upgraded(sandbox, sandbox.imapPort(), "a STARTTLS").close();
    }

    @Test
    void theOtherFaultsStrikeHereToo() throws Exception {
        sandbox.faults(new FaultPlan()
                .imap("GREETING", "drop", "", 1)
                .imap("AUTH", "reply", "NO [UNAVAILABLE] Later", 1)
                .imap("SELECT", "drop", "", 1));
        try (RawClient client = RawClient.plain(sandbox, sandbox.imapPort())) {
            assertThat(client.line()).isEqualTo("(end)");
        }
        try (RawClient client = RawClient.upgraded(sandbox, sandbox.imapPort(), "a STARTTLS")) {
            String auth = "b AUTHENTICATE XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken());
            assertThat(client.askLine(auth)).isEqualTo("b NO [UNAVAILABLE] Later");
            assertThat(client.askLine(auth)).startsWith("b OK");
            assertThat(client.askLine("c SELECT INBOX")).isEqualTo("(end)");
        }
    }

    @Test
    void openConnectionsInTheClearCanBeCut() throws Exception {
        try (RawClient client = connect()) {
            sandbox.faults(new FaultPlan().dropConnections("imap"));
            assertThat(client.line()).isEqualTo("(end)");
        }
    }
}
