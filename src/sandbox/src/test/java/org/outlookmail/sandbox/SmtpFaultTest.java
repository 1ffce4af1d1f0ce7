package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults on demand, in SMTP. */
class SmtpFaultTest {
    private static final Sandbox SANDBOX = Sandbox.builder().randomPorts().start();
    private static final String MAILBOX = "noreply@contoso.com";

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @BeforeEach
    void reset() {
        SANDBOX.reset();
    }

    /** Takes one message through every point and says at which step something else than success came. */
    private static String journey() throws IOException {
        try (RawClient client = RawClient.plain(SANDBOX, SANDBOX.smtpPort())) {
            String reply = client.reply();
            if (!reply.startsWith("220")) {
                return "GREETING " + reply;
            }
            for (String step : new String[] {
                "EHLO a",
                "STARTTLS",
                "(tls)",
                "EHLO a",
                "AUTH",
                "NOOP",
                "MAIL FROM:<" + MAILBOX + ">",
                "RCPT TO:<orders@contoso.com>",
                "DATA",
                "From: " + MAILBOX + "\r\n\r\nText\r\n.",
                "RSET",
                "QUIT"
            }) {
                if (step.equals("(tls)")) {
                    client.startTls();
                    continue;
                }
                String sent =
                        step.equals("AUTH") ? "AUTH XOAUTH2 " + RawClient.xoauth2(MAILBOX, SANDBOX.issueToken()) : step;
                reply = client.ask(sent);
                if (!reply.matches("(?s)[23].*")) {
                    return step.replaceAll("(?s)^From.*", "DOT").replaceAll(" .*", "") + " " + reply;
                }
            }
            return "done";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GREETING", "EHLO", "STARTTLS", "AUTH", "NOOP", "MAIL", "RCPT", "DATA", "DOT", "RSET", "QUIT"})
    void aReplyIsGivenOnceAtItsPoint(String point) throws Exception {
        SANDBOX.faults(new FaultPlan().smtp(point, "reply", "451 4.7.0 Temporary server error", 1));

        assertThat(journey()).isEqualTo(point + " 451 4.7.0 Temporary server error");
        assertThat(journey()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GREETING", "EHLO", "STARTTLS", "AUTH", "NOOP", "MAIL", "RCPT", "DATA", "DOT", "RSET", "QUIT"})
    void aConnectionIsCutAtItsPointAsOftenAsAsked(String point) throws Exception {
        SANDBOX.faults(new FaultPlan().smtp(point, "drop", "", 2));

        assertThat(journey()).isEqualTo(point + " (end)");
        assertThat(journey()).isEqualTo(point + " (end)");
        assertThat(journey()).isEqualTo("done");
    }

    @Test
    void aReply421EndsTheConnection() throws Exception {
        SANDBOX.faults(new FaultPlan().smtp("MAIL", "reply", "421 4.4.2 Connection dropped", 1));
        try (RawClient client = RawClient.smtp(SANDBOX, MAILBOX)) {
            assertThat(client.ask("MAIL FROM:<" + MAILBOX + ">")).startsWith("421");
            assertThat(client.line()).isEqualTo("(end)");
        }
    }

    @Test
    void aFaultWithoutEndLastsUntilTheReset() throws Exception {
        SANDBOX.faults(new FaultPlan().smtp("RCPT", "reply", "450 4.7.1 Later", -1));
        assertThat(journey()).startsWith("RCPT 450");
        assertThat(journey()).startsWith("RCPT 450");
        SANDBOX.reset();
        assertThat(journey()).isEqualTo("done");
    }

    @Test
    void aStalledServerSaysNothing() throws Exception {
        SANDBOX.faults(new FaultPlan().smtp("MAIL", "stall", "", 1));
        try (RawClient client = RawClient.smtp(SANDBOX, MAILBOX)) {
            client.timeoutMillis(300);
            client.send("MAIL FROM:<" + MAILBOX + ">\r\n");
            assertThatThrownBy(client::reply).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aStallWithATimeEndsByItself() throws Exception {
        SANDBOX.faults("{\"smtp\":{\"at\":\"MAIL\",\"action\":\"stall\",\"stallMillis\":300}}");
        try (RawClient client = RawClient.smtp(SANDBOX, MAILBOX)) {
            long start = System.nanoTime();
            assertThat(client.ask("MAIL FROM:<" + MAILBOX + ">")).startsWith("250");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(300);
        }
    }

    @Test
    void aChunkMeetsTheFaultsOfDataAndDot() throws Exception {
        SANDBOX.faults(
                new FaultPlan().smtp("DATA", "reply", "451 4.3.0 Data", 1).smtp("DOT", "reply", "451 4.3.0 Dot", 1));
        String content = "From: " + MAILBOX + "\r\n\r\nText\r\n";
        String message = "MAIL FROM:<" + MAILBOX + ">\r\nRCPT TO:<orders@contoso.com>\r\nBDAT " + content.length()
                + " LAST\r\n" + content;
        try (RawClient client = RawClient.smtp(SANDBOX, MAILBOX)) {
            for (String expected : new String[] {"451 4.3.0 Data", "451 4.3.0 Dot", "250 2.0.0"}) {
                client.send(message);
                client.reply();
                client.reply();
                assertThat(client.reply()).startsWith(expected);
            }
        }
        assertThat(SANDBOX.state().smtp().messages()).isEqualTo(1);
    }

    @Test
    void aConnectionCutAfterDeliveryLeavesTheMessageDelivered() throws Exception {
        int before = SANDBOX.messages("orders@contoso.com").size();
        SANDBOX.faults(new FaultPlan().smtp("DELIVERED", "drop", "", 1));

        assertThat(journey()).isEqualTo("DOT (end)");

        assertThat(SANDBOX.messages("orders@contoso.com")).hasSize(before + 1);
    }

    @Test
    void openConnectionsCanBeCut() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, MAILBOX)) {
            SANDBOX.faults(new FaultPlan().dropConnections("smtp"));
            assertThat(client.ask("NOOP")).isEqualTo("(end)");
        } catch (IOException e) {
            // A reset, where the command was on its way when the connection went.
            assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|closed).*");
        }
    }

    @Test
    void aDelayIsPaidOncePerRoundTrip() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, MAILBOX)) {
            SANDBOX.faults(new FaultPlan().delayMillis(200));
            long start = System.nanoTime();
            client.send("NOOP\r\nNOOP\r\nNOOP\r\nNOOP\r\nNOOP\r\n");
            for (int i = 0; i < 5; i++) {
                assertThat(client.reply()).startsWith("250");
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(200L, 900L);
        }
    }
}
