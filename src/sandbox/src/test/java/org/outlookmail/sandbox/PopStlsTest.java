package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Folder;
import jakarta.mail.Store;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** POP3 on the port that begins in the clear (RFC 2595). */
class PopStlsTest {
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
        RawClient client = RawClient.plain(sandbox, sandbox.pop3Port());
        assertThat(client.line()).startsWith("+OK The Microsoft Exchange POP3 service is ready.");
        return client;
    }

    private static String auth(RawClient client, String token) throws IOException {
        assertThat(client.askLine("AUTH XOAUTH2")).isEqualTo("+");
        return client.askLine(RawClient.xoauth2(MAILBOX, token));
    }

    @Test
    void aMailboxIsReadThroughAngusMail() throws Exception {
        sandbox.deliver(MAILBOX, MailClients.mail("One"));
        try (Store store = MailClients.connect(sandbox, "pop3", MAILBOX, sandbox.issueToken());
                Folder inbox = MailClients.open(store, "INBOX")) {
            assertThat(inbox.getMessage(1).getSubject()).isEqualTo("One");
        }
        assertThat(sandbox.state().pop3().authentications()).isEqualTo(1);
    }

    @Test
    void noWayToLogInIsOfferedOrTakenBeforeTls() throws Exception {
        try (RawClient client = connect()) {
            assertThat(client.askLine("CAPA")).isEqualTo("+OK");
            assertThat(client.until(".")).contains("STLS").doesNotContain("SASL", "USER");
            for (String command : new String[] {"AUTH", "AUTH XOAUTH2", "USER " + MAILBOX, "PASS a made-up one"}) {
                assertThat(client.askLine(command)).isEqualTo("-ERR Command is not valid in this state.");
            }
        }
    }

    @Test
    void theCapabilitiesAreOthersWithinTls() throws Exception {
        try (RawClient client = RawClient.upgraded(sandbox, sandbox.pop3Port(), "STLS")) {
            assertThat(client.askLine("CAPA")).isEqualTo("+OK");
            assertThat(client.until(".")).contains("SASL PLAIN XOAUTH2", "USER").doesNotContain("STLS");
            assertThat(client.askLine("STLS")).startsWith("-ERR Command is not valid");
            assertThat(auth(client, sandbox.issueToken())).startsWith("+OK");
            assertThat(client.askLine("STAT")).startsWith("+OK 0");
        }
    }

    @Test
    void commandsBehindStlsInTheClearAreNotExecuted() throws Exception {
        try (RawClient client = connect()) {
            client.send("STLS\r\nUSER " + MAILBOX + "\r\nNOOP\r\n");
            assertThat(client.line()).startsWith("+OK Begin");
            client.startTls();
            assertThat(client.askLine("PASS a made-up one")).startsWith("-ERR Logon failure");
        }
        assertThat(sandbox.state().pop3().commands()).isEqualTo(2);
    }

    @Test
    void startingTlsCanBeRefusedCutOrStalled() throws Exception {
        sandbox.faults(new FaultPlan()
                .pop3("STARTTLS", "reply", "-ERR Server Unavailable. 21", 1)
                .pop3("STARTTLS", "drop", "", 1)
                .pop3("STARTTLS", "stall", "", 1));
        try (RawClient client = connect()) {
            assertThat(client.askLine("STLS")).isEqualTo("-ERR Server Unavailable. 21");
            assertThat(client.askLine("STLS")).isEqualTo("(end)");
        }
        try (RawClient client = connect()) {
            client.timeoutMillis(300);
            assertThatThrownBy(() -> client.askLine("STLS")).isInstanceOf(SocketTimeoutException.class);
        }
        RawClient.upgraded(sandbox, sandbox.pop3Port(), "STLS").close();
    }

    @Test
    void theOtherFaultsStrikeHereToo() throws Exception {
        sandbox.faults(new FaultPlan()
                .pop3("GREETING", "drop", "", 1)
                .pop3("AUTH", "reply", "-ERR [SYS/TEMP] Later", 1)
                .pop3("SELECT", "drop", "", 1));
        try (RawClient client = RawClient.plain(sandbox, sandbox.pop3Port())) {
            assertThat(client.line()).isEqualTo("(end)");
        }
        try (RawClient client = RawClient.upgraded(sandbox, sandbox.pop3Port(), "STLS")) {
            assertThat(auth(client, sandbox.issueToken())).isEqualTo("-ERR [SYS/TEMP] Later");
            assertThat(auth(client, sandbox.issueToken())).startsWith("+OK");
            assertThat(client.askLine("STAT")).isEqualTo("(end)");
        }
    }
}
