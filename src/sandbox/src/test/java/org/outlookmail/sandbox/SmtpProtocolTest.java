package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialogue of SMTP submission, byte for byte. */
class SmtpProtocolTest {
    private static final Sandbox SANDBOX = Sandbox.builder()
            .randomPorts()
            .mailbox("noreply@contoso.com", Set.of("sales@contoso.com", "grüße@contoso.com"), null)
            .mailbox("orders@contoso.com")
            .maxMessageBytes(200_000)
            .start();
    private static final String CONTENT = "From: noreply@contoso.com\r\nSubject: Hello\r\n\r\nText\r\n";

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @BeforeEach
    void reset() {
        SANDBOX.reset();
    }

    private static String last(String folder) {
        var messages = SANDBOX.messages(folder);
        return messages.get(messages.size() - 1).mime();
    }

    @Test
    void theGreetingIsExchanges() throws Exception {
        try (RawClient client = RawClient.plain(SANDBOX, SANDBOX.smtpPort())) {
            assertThat(client.reply()).startsWith("220 ").contains("Microsoft ESMTP MAIL Service ready at ");
        }
    }

    @Test
    void authIsOfferedOnlyWithinTls() throws Exception {
        try (RawClient client = RawClient.plain(SANDBOX, SANDBOX.smtpPort())) {
            client.reply();
            String clear = client.ask("EHLO client.example.org");
            assertThat(clear).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(client.ask("AUTH XOAUTH2 abc")).startsWith("504 5.7.4");
            client.ask("STARTTLS");
            client.startTls();
            assertThat(client.ask("EHLO client.example.org"))
                    .contains(
                            "AUTH LOGIN XOAUTH2",
                            "PIPELINING",
                            "CHUNKING",
                            "8BITMIME",
                            "SMTPUTF8",
                            "DSN",
                            "SIZE 200000")
                    .doesNotContain("STARTTLS");
        }
    }

    @Test
    void whatWasSentBehindStarttlsInTheClearIsForgotten() throws Exception {
        try (RawClient client = RawClient.plain(SANDBOX, SANDBOX.smtpPort())) {
            client.reply();
            client.ask("EHLO client.example.org");
            client.send("STARTTLS\r\nNOOP injected\r\n");
            assertThat(client.reply()).startsWith("220");
            client.startTls();
            assertThat(client.ask("EHLO client.example.org")).startsWith("250");
        }
    }

    @Test
    void mailBeforeTheLoginIsRefused() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX)) {
            assertThat(client.ask("MAIL FROM:<noreply@contoso.com>"))
                    .startsWith("530 5.7.57 Client not authenticated to send mail");
            assertThat(client.ask("DATA")).startsWith("503");
            assertThat(client.ask("BDAT 0 LAST")).startsWith("503");
        }
    }

    @Test
    void aMessageInOneWriteIsOneRoundTrip() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            SANDBOX.reset();

            client.send("MAIL FROM:<noreply@contoso.com>\r\nRCPT TO:<orders@contoso.com>\r\nBDAT " + CONTENT.length()
                    + " LAST\r\n" + CONTENT);

            assertThat(client.reply()).startsWith("250 2.1.0");
            assertThat(client.reply()).startsWith("250 2.1.5");
            assertThat(client.reply()).startsWith("250 2.0.0 OK <");
            assertThat(SANDBOX.state().smtp().roundTrips()).isEqualTo(1);
            assertThat(SANDBOX.state().smtp().commands()).isEqualTo(3);
            assertThat(SANDBOX.state().smtp().messages()).isEqualTo(1);
        }
    }

    @Test
    void aMessageOfManyTlsRecordsInOneWriteIsOneRoundTripToo() throws Exception {
        String content = CONTENT + "0123456789abcdef\r\n".repeat(8_000);
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            SANDBOX.reset();

            client.send("MAIL FROM:<noreply@contoso.com>\r\nRCPT TO:<orders@contoso.com>\r\nBDAT " + content.length()
                    + " LAST\r\n" + content);

            client.reply();
            client.reply();
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(SANDBOX.state().smtp().roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void aMessageInTurnsIsFourRoundTrips() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            SANDBOX.reset();

            client.ask("MAIL FROM:<noreply@contoso.com>");
            client.ask("RCPT TO:<orders@contoso.com>");
            client.ask("DATA");
            client.ask(CONTENT + ".");

            assertThat(SANDBOX.state().smtp().roundTrips()).isEqualTo(4);
        }
    }

    @Test
    void aConnectionWithAMessageAndAQuitIsTenRoundTrips() throws Exception {
        MailClients.send(SANDBOX, "noreply@contoso.com", "orders@contoso.com", "Counted");

        assertThat(SANDBOX.state().smtp().roundTrips()).isEqualTo(10);
        assertThat(SANDBOX.state().smtp().connections()).isEqualTo(1);
        assertThat(SANDBOX.state().smtp().authentications()).isEqualTo(1);
    }

    @Test
    void aClientThatWaitsWithinAChunkStillGetsItsReplies() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            client.send("MAIL FROM:<noreply@contoso.com>\r\nRCPT TO:<orders@contoso.com>\r\nBDAT " + CONTENT.length()
                    + " LAST\r\n");
            assertThat(client.reply()).startsWith("250 2.1.0");
            assertThat(client.reply()).startsWith("250 2.1.5");
            client.send(CONTENT);
            assertThat(client.reply()).startsWith("250 2.0.0");
        }
    }

    @Test
    void everyPipelinedCommandGetsItsReplyInOrder() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            client.send(String.join(
                    "\r\n",
                    "NOOP",
                    "MAIL FROM:<noreply@contoso.com>",
                    "RCPT TO:<nobody@contoso.com>",
                    "DATA",
                    "RSET",
                    "VRFY x",
                    "NONSENSE",
                    "QUIT",
                    ""));

            assertThat(client.reply()).startsWith("250 2.0.0 OK");
            assertThat(client.reply()).startsWith("250 2.1.0");
            assertThat(client.reply()).startsWith("550 5.1.10");
            assertThat(client.reply()).startsWith("503 5.5.1");
            assertThat(client.reply()).startsWith("250 2.0.0 Resetting");
            assertThat(client.reply()).startsWith("252");
            assertThat(client.reply()).startsWith("500 5.3.3");
            assertThat(client.reply()).startsWith("221");
            assertThat(client.line()).isEqualTo("(end)");
        }
    }

    @Test
    void chunksAreJoined() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            envelope(client);
            String head = "From: noreply@contoso.com\r\nSubject: Chunks\r\n\r\n";
            assertThat(client.ask("BDAT " + head.length() + "\r\n" + head.substring(0, head.length() - 2)))
                    .startsWith("250 2.6.0");
            client.send("BDAT 7\r\n.\r\nTwo\n");
            assertThat(client.reply()).startsWith("250 2.6.0");
            assertThat(client.ask("RCPT TO:<orders@contoso.com>")).startsWith("503");
            assertThat(client.ask("BDAT 0 LAST")).startsWith("250 2.0.0");
        }
        assertThat(last("orders@contoso.com")).endsWith("\r\n\r\n.\r\nTwo\n");
    }

    @Test
    void stuffedDotsAreTakenOutAndOnlyADotBetweenLineEndsEndsTheContent() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            envelope(client);
            client.ask("DATA");
            client.send(CONTENT + "..one\r\n...two\r\nbare\n.\r\nbare\n.\nmore\r\n.\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0");
        }
        assertThat(last("orders@contoso.com")).endsWith("\r\n.one\r\n..two\r\nbare\n.\r\nbare\n.\nmore\r\n");
    }

    @Test
    void aReceivedHeaderAndMissingHeadersAreAdded() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            envelope(client);
            client.ask("DATA");
            client.ask(CONTENT + ".");
        }
        StoredMessage message = SANDBOX.messages("orders@contoso.com").stream()
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(message.header("Received").orElseThrow()).contains("client.example.org", "TLSv1.3");
        assertThat(message.header("Message-ID")).isPresent();
        assertThat(message.header("Date")).isPresent();
    }

    @Test
    void aCommandOfSixteenKilobytesIsReadAndALongerOneIsRefused() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            assertThat(client.ask("NOOP " + "x".repeat(16 * 1024 - 5))).startsWith("250");
            assertThat(client.ask("NOOP " + "x".repeat(16 * 1024))).startsWith("500 5.5.2");
            assertThat(client.ask("NOOP")).startsWith("250");
        }
    }

    @Test
    void aTokenOfElevenKilobytesIsTakenInTheAuthLine() throws Exception {
        String token = SANDBOX.issueToken(Map.of("groups", "g".repeat(7_000)));
        assertThat(token.length()).isGreaterThan(10_000);
        try (RawClient client = RawClient.smtp(SANDBOX)) {
            assertThat(client.ask("AUTH XOAUTH2 " + RawClient.xoauth2("noreply@contoso.com", token)))
                    .startsWith("235");
        }
    }

    @Test
    void theTokenMayComeInASecondLine() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX)) {
            assertThat(client.ask("AUTH XOAUTH2")).isEqualTo("334");
            assertThat(client.ask(RawClient.xoauth2("noreply@contoso.com", SANDBOX.issueToken())))
                    .isEqualTo("235 2.7.0 Authentication successful");
            assertThat(client.ask("AUTH XOAUTH2 x")).startsWith("503");
        }
    }

    @Test
    void userNameAndPasswordAreAskedForAndRefused() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX)) {
            assertThat(client.ask("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(client.ask("bm9yZXBseQ==")).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(client.ask("cGFzc3dvcmQ=")).startsWith("550 5.7.30 Basic authentication is not supported");
            assertThat(client.ask("AUTH PLAIN AHgAeQ==")).startsWith("504 5.7.4");
        }
    }

    @Test
    void aMessageBeyondTheLimitIsRefusedHoweverItComes() throws Exception {
        String large = CONTENT + "0123456789abcdef\r\n".repeat(12_000);
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            assertThat(client.ask("MAIL FROM:<noreply@contoso.com> SIZE=200001"))
                    .startsWith("552 5.3.4");
            envelope(client);
            client.ask("DATA");
            assertThat(client.ask(large + ".")).startsWith("552 5.3.4");
            envelope(client);
            client.send("BDAT " + large.length() + " LAST\r\n" + large);
            assertThat(client.reply()).startsWith("552 5.3.4");
            assertThat(client.ask("NOOP")).startsWith("250");
        }
        assertThat(SANDBOX.state().smtp().messages()).isZero();
    }

    @Test
    void parametersOfDsnAreTakenAndUnknownOnesRefused() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            assertThat(client.ask("MAIL FROM:<noreply@contoso.com> RET=HDRS ENVID=abc BODY=8BITMIME"))
                    .startsWith("250");
            assertThat(client.ask(
                            "RCPT TO:<orders@contoso.com> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;orders@contoso.com"))
                    .startsWith("250");
            assertThat(client.ask("RCPT TO:<orders@contoso.com> COLOUR=RED")).startsWith("501 5.5.4");
            assertThat(client.ask("RCPT TO:orders@contoso.com")).startsWith("501 5.5.4");
            assertThat(client.ask("RCPT TO:<orders>")).startsWith("501 5.1.3");
        }
    }

    @Test
    void anInternationalAddressNeedsSmtputf8() throws Exception {
        try (RawClient client = RawClient.smtp(SANDBOX, "noreply@contoso.com")) {
            assertThat(client.ask("MAIL FROM:<grüße@contoso.com>")).startsWith("553 5.6.7");
            assertThat(client.ask("MAIL FROM:<noreply@contoso.com>")).startsWith("250");
            assertThat(client.ask("RCPT TO:<jürgen@example.org>")).startsWith("553 5.6.7");
            client.ask("RSET");
            assertThat(client.ask("MAIL FROM:<grüße@contoso.com> SMTPUTF8")).startsWith("250");
            assertThat(client.ask("RCPT TO:<jürgen@example.org>")).startsWith("250");
            client.ask("DATA");
            assertThat(client.ask("From: grüße@contoso.com\r\n\r\nx\r\n.")).startsWith("250 2.0.0");
        }
        assertThat(SANDBOX.outbound())
                .anySatisfy(message -> assertThat(message.recipients()).containsExactly("jürgen@example.org"));
    }

    private static void envelope(RawClient client) throws IOException {
        assertThat(client.ask("MAIL FROM:<noreply@contoso.com>")).startsWith("250");
        assertThat(client.ask("RCPT TO:<orders@contoso.com>")).startsWith("250");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ub12.", "my_app_1", "m\u00fcller-pc", "-a.example.org", "a b", "[10.0.0]", "fe80::1"})
    void aHelloWithoutAValidDomainIsRefusedAsExchangeDoes(String name) throws Exception {
        try (RawClient client = RawClient.plain(SANDBOX, SANDBOX.smtpPort())) {
            client.reply();
            for (String verb : List.of("EHLO ", "HELO ")) {
                assertThat(client.ask(verb + name)).startsWith("501 5.5.4 Invalid domain name");
            }
            for (String valid : List.of("ub12", "client.example.org", "[127.0.0.1]", "[IPv6:2001:db8::7]")) {
                assertThat(client.ask("EHLO " + valid)).startsWith("250");
            }
        }
    }
}
