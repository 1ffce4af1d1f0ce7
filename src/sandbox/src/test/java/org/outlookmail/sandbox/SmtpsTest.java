package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SMTP submission with TLS from the start. */
class SmtpsTest {
    private static final String MAILBOX = "noreply@contoso.com";

    private final Sandbox sandbox = Sandbox.builder().randomPorts().start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aMessageSentThroughAngusMailArrives() throws Exception {
        MailClients.send(sandbox, "smtps", MAILBOX, "orders@contoso.com", "Order 1");

        assertThat(sandbox.messages("orders@contoso.com"))
                .singleElement()
                .satisfies(message -> assertThat(message.subject()).isEqualTo("Order 1"));
        assertThat(sandbox.state().smtp().messages()).isEqualTo(1);
    }

    @Test
    void authIsOfferedAtOnceAndStarttlsIsNot() throws Exception {
        try (RawClient client = RawClient.tls(sandbox, sandbox.smtpsPort())) {
            assertThat(client.reply()).startsWith("220 ");
            assertThat(client.ask("EHLO client.example.org"))
                    .contains("AUTH LOGIN XOAUTH2")
                    .doesNotContain("STARTTLS", "PLAIN");
            assertThat(client.ask("STARTTLS")).startsWith("503");
            assertThat(client.ask("AUTH XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .startsWith("235");
        }
    }

    @Test
    void connectionsOfBothPortsShareTheLimitOfTheMailbox() throws Exception {
        try (RawClient first = RawClient.smtp(sandbox, MAILBOX);
                RawClient second = RawClient.smtp(sandbox, MAILBOX);
                RawClient third = RawClient.smtp(sandbox, MAILBOX);
                RawClient fourth = RawClient.tls(sandbox, sandbox.smtpsPort())) {
            fourth.reply();
            fourth.ask("EHLO client.example.org");
            assertThat(fourth.ask("AUTH XOAUTH2 " + RawClient.xoauth2(MAILBOX, sandbox.issueToken())))
                    .startsWith("432 4.3.2");
            assertThat(first.ask("NOOP") + second.ask("NOOP") + third.ask("NOOP"))
                    .doesNotContain("(end)");
        }
        assertThat(sandbox.state().smtp().maxOpen()).isEqualTo(4);
    }
}
