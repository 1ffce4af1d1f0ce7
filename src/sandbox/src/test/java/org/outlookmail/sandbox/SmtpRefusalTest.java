package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Exchange refuses, and with which reply. */
class SmtpRefusalTest {
    private final SettableClock clock = new SettableClock();
    private final Sandbox sandbox = Sandbox.builder()
            .randomPorts()
            .clock(clock)
            .mailbox("noreply@contoso.com", Set.of("sales@contoso.com"), null)
            .mailbox("orders@contoso.com")
            .mailbox("private@contoso.com", Set.of(), Set.of("another-app"))
            .start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    static Stream<Arguments> wrongClaims() {
        Map<String, Object> noTenant = new HashMap<>();
        noTenant.put("tid", null);
        return Stream.of(
                Arguments.of(Map.of("aud", "https://graph.microsoft.com"), "aud is [https://graph.microsoft.com]"),
                Arguments.of(Map.of("iss", "https://sts.windows.net/other/"), "iss is https://sts.windows.net/other/"),
                Arguments.of(Map.of("tid", "99999999-0000-0000-0000-000000000000"), "tid is 99999999"),
                Arguments.of(noTenant, "tid is"),
                Arguments.of(Map.of("roles", List.of("IMAP.AccessAsApp")), "SMTP.SendAsApp is missing"),
                Arguments.of(Map.of("exp", 1_000_000_000L), "the token expired at 2001"),
                Arguments.of(Map.of("nbf", 4_000_000_000L), "the token is not valid before 2096"),
                Arguments.of(Map.of("appid", "another-app"), "no FullAccess to the mailbox noreply@contoso.com"),
                Arguments.of(Map.of("idtyp", "user", "scp", "IMAP.AccessAsUser.All"), "SMTP.Send is missing"));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void aTokenWithAWrongClaimIsRefused(Map<String, ?> changes, String reason) throws Exception {
        assertRefused("noreply@contoso.com", sandbox.issueToken(changes), reason);
    }

    @Test
    void aTokenThatEntraDidNotSignIsRefused() throws Exception {
        assertRefused("noreply@contoso.com", sandbox.issueForgedToken(), "signature is not Entra's");
    }

    @Test
    void whatIsNoTokenIsRefused() throws Exception {
        assertRefused("noreply@contoso.com", "hello", "not a token in JWT form");
    }

    @Test
    void aMailboxTheAppMayNotOpenIsRefused() throws Exception {
        assertRefused("private@contoso.com", sandbox.issueToken(), "no FullAccess");
    }

    @Test
    void aMailboxThatDoesNotExistIsRefused() throws Exception {
        assertRefused("ghost@contoso.com", sandbox.issueToken(), "there is no mailbox ghost@contoso.com");
    }

    @Test
    void aTokenIsRefusedFromTheSecondItExpires() throws Exception {
        String token = sandbox.issueToken();
        clock.advance(Duration.ofSeconds(3599));
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(auth(client, "noreply@contoso.com", token)).startsWith("235");
        }
        clock.advance(Duration.ofSeconds(1));
        assertRefused("noreply@contoso.com", token, "the token expired at 2026-11-20T11:00:00Z");
    }

    @Test
    void tokensEndedByTheFaultAreRefusedAndLaterOnesTaken() throws Exception {
        String old = sandbox.issueToken();
        sandbox.faults(new FaultPlan().expireTokens());

        assertRefused("noreply@contoso.com", old, "expireTokens");
        try (RawClient client = RawClient.smtp(sandbox, "noreply@contoso.com")) {
            assertThat(client.ask("NOOP")).startsWith("250");
        }
    }

    @Test
    void anAnswerThatIsNotXoauth2IsRefused() throws Exception {
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(client.ask("AUTH XOAUTH2 !!!")).startsWith("535 5.7.3");
            assertThat(client.ask("AUTH XOAUTH2 aGVsbG8=")).startsWith("535 5.7.3");
        }
        assertThat(sandbox.state().smtp().refusedAuthentications()).isEqualTo(2);
        assertThat(sandbox.state().smtp().authentications()).isZero();
    }

    @Test
    void smtpAuthMayBeSwitchedOffForAMailbox() throws Exception {
        sandbox.faults(new FaultPlan().smtpAuthDisabled("NoReply@contoso.com"));
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(auth(client, "noreply@contoso.com", sandbox.issueToken()))
                    .startsWith(
                            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.");
            assertThat(auth(client, "orders@contoso.com", sandbox.issueToken())).startsWith("235");
        }
    }

    @Test
    void theFourthConnectionOfAMailboxIsRefusedUntilOneOfTheThreeEnds() throws Exception {
        try (RawClient first = RawClient.smtp(sandbox, "noreply@contoso.com");
                RawClient second = RawClient.smtp(sandbox, "noreply@contoso.com");
                RawClient third = RawClient.smtp(sandbox, "noreply@contoso.com");
                RawClient other = RawClient.smtp(sandbox, "orders@contoso.com");
                RawClient fourth = RawClient.smtp(sandbox)) {
            assertThat(auth(fourth, "noreply@contoso.com", sandbox.issueToken()))
                    .startsWith("432 4.3.2 Concurrent connections limit exceeded.");
            assertThat(sandbox.state().smtp().throttled()).isEqualTo(1);
            assertThat(sandbox.state().smtp().maxOpen()).isEqualTo(5);

            first.ask("QUIT");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(auth(fourth, "noreply@contoso.com", sandbox.issueToken()))
                            .startsWith("235"));
            assertThat(second.ask("NOOP") + third.ask("NOOP") + other.ask("NOOP"))
                    .contains("250");
        }
    }

    @Test
    void aFromThatIsNotTheMailboxIsDenied() throws Exception {
        try (RawClient client = RawClient.smtp(sandbox, "noreply@contoso.com")) {
            assertThat(send(client, "noreply@contoso.com", "Boss <boss@contoso.com>"))
                    .startsWith(
                            "554 5.2.252 SendAsDenied; noreply@contoso.com not allowed to send as boss@contoso.com");
            assertThat(send(client, "boss@contoso.com", "noreply@contoso.com")).startsWith("554 5.2.252");
            assertThat(send(client, "noreply@contoso.com", "noreply@contoso.com, boss@contoso.com"))
                    .startsWith("554 5.2.252");
            assertThat(send(client, "sales@contoso.com", "Sales <SALES@contoso.com>"))
                    .startsWith("250 2.0.0");
            assertThat(send(client, "", "noreply@contoso.com")).startsWith("250 2.0.0");
        }
        assertThat(sandbox.messages("orders@contoso.com")).hasSize(2);
        assertThat(sandbox.messages("noreply@contoso.com", "Sent Items")).hasSize(2);
    }

    @Test
    void moreMessagesThanAMinuteAllowsAreRefusedUntilTheMinuteIsOver() throws Exception {
        sandbox.faults(new FaultPlan().messagesPerMinute(2));
        try (RawClient client = RawClient.smtp(sandbox, "noreply@contoso.com")) {
            assertThat(send(client, "noreply@contoso.com", "noreply@contoso.com"))
                    .startsWith("250");
            clock.advance(Duration.ofSeconds(30));
            assertThat(send(client, "noreply@contoso.com", "noreply@contoso.com"))
                    .startsWith("250");
            assertThat(send(client, "noreply@contoso.com", "noreply@contoso.com"))
                    .startsWith("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded");
            clock.advance(Duration.ofSeconds(30));
            assertThat(send(client, "noreply@contoso.com", "noreply@contoso.com"))
                    .startsWith("250");
        }
        assertThat(sandbox.state().smtp().messages()).isEqualTo(3);
    }

    @Test
    void mailForOthersStaysInTheOutbox() throws Exception {
        try (RawClient client = RawClient.smtp(sandbox, "noreply@contoso.com")) {
            client.ask("MAIL FROM:<noreply@contoso.com>");
            client.ask("RCPT TO:<someone@example.org>");
            client.ask("RCPT TO:<Orders@Contoso.com>");
            client.ask("RCPT TO:<orders@contoso.com>");
            client.ask("DATA");
            client.ask("From: noreply@contoso.com\r\n\r\nText\r\n.");
        }
        assertThat(sandbox.messages("orders@contoso.com")).hasSize(1);
        assertThat(sandbox.outbound()).singleElement().satisfies(message -> {
            assertThat(message.recipients()).containsExactly("someone@example.org");
            assertThat(message.mime()).contains("Text");
        });
    }

    private static String send(RawClient client, String sender, String from) throws IOException {
        client.ask("MAIL FROM:<" + sender + ">");
        client.ask("RCPT TO:<orders@contoso.com>");
        client.ask("DATA");
        return client.ask("From: " + from + "\r\nSubject: x\r\n\r\nText\r\n.");
    }

    private static String auth(RawClient client, String mailbox, String token) throws IOException {
        return client.ask("AUTH XOAUTH2 " + RawClient.xoauth2(mailbox, token));
    }

    private void assertRefused(String mailbox, String token, String reason) throws IOException {
        try (RawClient client = RawClient.smtp(sandbox)) {
            assertThat(auth(client, mailbox, token)).startsWith("535 5.7.3 Authentication unsuccessful");
            assertThat(client.ask("MAIL FROM:<" + mailbox + ">")).startsWith("530");
        }
        assertThat(sandbox.state().smtp().lastRefusal()).contains(reason);
    }
}
