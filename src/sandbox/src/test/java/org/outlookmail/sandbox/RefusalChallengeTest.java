package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A refused token answered as Gmail does: a challenge in JSON, the client's line, then the refusal. */
class RefusalChallengeTest {
    private static final String MAILBOX = "orders@contoso.com";
    private static final String CHALLENGE = Base64.getEncoder()
            .encodeToString("{\"status\":\"401\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}"
                    .getBytes(StandardCharsets.UTF_8));

    private final Sandbox sandbox = Sandbox.builder()
            .randomPorts()
            .challengeOnRefusal(true)
            .basicPassword(MAILBOX, "made-up")
            .start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void smtpWaitsForALineBeforeItRefuses() throws Exception {
        String bad = RawClient.xoauth2(MAILBOX, sandbox.issueForgedToken());
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(client.ask("AUTH XOAUTH2 " + bad)).isEqualTo("334 " + CHALLENGE);
            assertThat(client.ask("")).startsWith("535 5.7.3");
            assertThat(client.ask("AUTH XOAUTH2")).isEqualTo("334");
            assertThat(client.ask(bad)).isEqualTo("334 " + CHALLENGE);
            assertThat(client.ask("")).startsWith("535 5.7.3");
            assertThat(client.ask("AUTH XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .startsWith("235");
        }
        assertThat(sandbox.state().smtp().refusedAuthentications()).isEqualTo(2);
    }

    @Test
    void imapWaitsForALineBeforeItRefuses() throws Exception {
        String auth = " AUTHENTICATE XOAUTH2 ";
        try (RawClient client = RawClient.tls(sandbox, sandbox.imapsPort())) {
            client.line();
            assertThat(client.askLine("a" + auth + RawClient.xoauth2(MAILBOX, sandbox.issueForgedToken())))
                    .isEqualTo("+ " + CHALLENGE);
            assertThat(client.askLine("")).isEqualTo("a NO AUTHENTICATE failed.");
            assertThat(client.askLine("b" + auth + RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .startsWith("b OK");
        }
    }

    @Test
    void pop3WaitsForALineBeforeItRefuses() throws Exception {
        try (RawClient client = RawClient.tls(sandbox, sandbox.pop3sPort())) {
            client.line();
            client.askLine("AUTH XOAUTH2");
            assertThat(client.askLine(RawClient.xoauth2(MAILBOX, sandbox.issueForgedToken())))
                    .isEqualTo("+ " + CHALLENGE);
            assertThat(client.askLine("")).startsWith("-ERR Authentication failure");
            client.askLine("AUTH XOAUTH2");
            assertThat(client.askLine(RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .startsWith("+OK");
        }
    }

    @Test
    void aWrongPasswordGetsNoChallenge() throws Exception {
        String wrong = RawClient.plainAnswer(MAILBOX, "wrong");
        try (RawClient smtp = RawClient.smtp(sandbox);
                RawClient imap = RawClient.tls(sandbox, sandbox.imapsPort());
                RawClient pop3 = RawClient.tls(sandbox, sandbox.pop3sPort())) {
            imap.line();
            pop3.line();
            assertThat(smtp.ask("AUTH PLAIN " + wrong)).startsWith("535");
            assertThat(imap.askLine("a AUTHENTICATE PLAIN " + wrong)).startsWith("a NO");
            assertThat(pop3.askLine("AUTH PLAIN " + wrong)).startsWith("-ERR");
        }
    }

    @Test
    void angusMailFailsAsItDoesWithGmail() {
        String bad = sandbox.issueForgedToken();
        assertThatThrownBy(
                        () -> MailClients.session(sandbox).getTransport("smtp").connect(MAILBOX, bad))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining("334 " + CHALLENGE);
        assertThatThrownBy(() -> MailClients.connect(sandbox, "imaps", MAILBOX, bad))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining("AUTHENTICATE failed");
    }
}
