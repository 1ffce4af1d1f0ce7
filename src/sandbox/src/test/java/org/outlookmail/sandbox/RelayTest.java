package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mail without a login, as a connector of Exchange Online takes it from addresses that it knows. */
class RelayTest {
    private Sandbox sandbox;

    @AfterEach
    void close() {
        sandbox.close();
    }

    private RawClient connected(Set<String> from) throws Exception {
        sandbox = Sandbox.builder()
                .randomPorts()
                .mailbox("noreply@contoso.com")
                .mailbox("orders@contoso.com")
                .relayFrom(from)
                .start();
        RawClient client = RawClient.plain(sandbox, sandbox.relayPort());
        assertThat(client.reply()).startsWith("220");
        return client;
    }

    private static String sent(RawClient client, String sender, String recipient) throws Exception {
        assertThat(client.ask("MAIL FROM:<" + sender + ">")).startsWith("250");
        assertThat(client.ask("RCPT TO:<" + recipient + ">")).startsWith("250");
        assertThat(client.ask("DATA")).startsWith("354");
        return client.ask("From: " + sender + "\r\nSubject: relayed\r\n\r\nHello\r\n.");
    }

    @Test
    void mailFromAKnownAddressIsTakenWithoutALogin() throws Exception {
        try (RawClient client = connected(Set.of("127.0.0.1"))) {
            assertThat(client.ask("EHLO client.example.org"))
                    .contains("STARTTLS")
                    .doesNotContain("AUTH");
            assertThat(client.ask("AUTH PLAIN AAAA")).startsWith("503");
            assertThat(sent(client, "noreply@contoso.com", "orders@contoso.com"))
                    .startsWith("250 2.6.0");
        }
        assertThat(sandbox.messages("orders@contoso.com")).hasSize(1);
        assertThat(sandbox.state().smtp().authentications()).isZero();
    }

    @Test
    void itTurnsToTlsWhenAsked() throws Exception {
        try (RawClient client = connected(Set.of("127.0.0.1"))) {
            client.ask("EHLO client.example.org");
            assertThat(client.ask("STARTTLS")).startsWith("220");
            client.startTls();
            assertThat(client.ask("EHLO client.example.org")).doesNotContain("AUTH", "STARTTLS");
            assertThat(sent(client, "noreply@contoso.com", "somebody@example.org"))
                    .startsWith("250");
        }
    }

    @Test
    void mailFromAnyOtherAddressIsRefused() throws Exception {
        try (RawClient client = connected(Set.of("10.0.0.7"))) {
            client.ask("EHLO client.example.org");
            assertThat(client.ask("MAIL FROM:<noreply@contoso.com>")).startsWith("550 5.7.64");
        }
    }

    @Test
    void fromOutsideToOutsideNothingIsRelayed() throws Exception {
        try (RawClient client = connected(Set.of("127.0.0.1"))) {
            client.ask("EHLO client.example.org");
            assertThat(sent(client, "somebody@example.org", "another@example.net"))
                    .startsWith("550 5.7.64");
        }
    }
}
