package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.management.EventLog;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.TestBox;

/** How long a login is kept, when it is made anew, and what is said when that fails. */
@Tag("unit")
@ExtendWith(TestBox.class)
class LoginRenewalTest {

    /** The sandbox's tokens live an hour. */
    private static final Duration UNTIL_70_SECONDS_ARE_LEFT =
            Duration.ofHours(1).minusSeconds(70);

    private final Sandbox box = TestBox.box();
    private Connector connector;
    private MailConnection connection;

    @BeforeEach
    void connect() {
        connector = new Connector();
        connection = connector.connection(TestAccounts.account(NOREPLY));
    }

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private void send() throws Exception {
        String subject = subject();
        connection.send(Messages.text(subject, ORDERS));
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    private void read() throws Exception {
        connection.openFolder("INBOX", Folder.READ_ONLY).close();
    }

    @Test
    void aLoginIsRetiredOneMinuteBeforeItsTokenExpires() throws Exception {
        send();
        read();
        connector.clock.advance(UNTIL_70_SECONDS_ARE_LEFT);
        send();
        read();
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
        assertThat(box.state().imap().authentications()).isEqualTo(1);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
        connector.clock.advance(Duration.ofSeconds(20));
        send();
        assertThat(box.state().smtp().authentications()).isEqualTo(2);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
        read();
        assertThat(box.state().imap().authentications()).isEqualTo(2);
    }

    @Test
    void anIdleConnectionThatTheServerHasDroppedIsReplacedSilently() throws Exception {
        send();
        read();
        box.faults(new FaultPlan().dropConnections("smtp", "imap"));
        connector.clock.advance(Duration.ofSeconds(31));
        send();
        read();
        assertThat(box.state().smtp().authentications()).isEqualTo(2);
        assertThat(box.state().imap().authentications()).isEqualTo(2);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void anIdleConnectionThatIsStillThereIsKept() throws Exception {
        send();
        read();
        connector.clock.advance(Duration.ofMinutes(10));
        send();
        read();
        assertThat(box.state().smtp().connections()).isEqualTo(1);
        assertThat(box.state().imap().connections()).isEqualTo(1);
    }

    /** What an administrator's "test connection" asks for. */
    @Test
    void theGreetingOfADroppedConnectionIsNotShownAgainHoweverFreshItIs() throws Exception {
        send();
        box.faults(new FaultPlan().dropConnections("smtp"));
        assertThat(connection.introduction()).contains("Microsoft ESMTP MAIL Service");
        assertThat(box.state().smtp().authentications()).isEqualTo(2);
        box.faults(new FaultPlan().dropConnections("smtp").smtpAuthDisabled(NOREPLY));
        assertThat(diagnosisOf(connection::introduction).code()).isEqualTo(DiagnosisCode.SMTP_AUTH_DISABLED);
    }

    @Test
    void aBusyConnectionIsNotAskedWhetherItIsThere() throws Exception {
        send();
        long afterOne = box.state().smtp().commands();
        send();
        long afterTwo = box.state().smtp().commands();
        connector.clock.advance(Duration.ofSeconds(29));
        send();
        assertThat(box.state().smtp().commands() - afterTwo)
                .as("commands for a message: MAIL, RCPT, DATA")
                .isEqualTo(afterTwo - afterOne)
                .isEqualTo(3);
    }

    @Test
    void aConnectionThatWasCutWhileItRestedIsReplacedAndNobodyNotices() throws Exception {
        send();
        read();
        box.faults(new FaultPlan().dropConnections("smtp", "imap"));
        send();
        read();
        assertThat(box.state().smtp().messages()).isEqualTo(2);
        assertThat(box.state().smtp().authentications()).isEqualTo(2);
        assertThat(box.state().imap().authentications()).isEqualTo(2);
    }

    /** As a firewall does that has forgotten the connection: what is sent vanishes. */
    @Test
    void aConnectionThatHasRestedAndIsNoLongerAnsweredIsReplacedLongBeforeTheReadTimeout() throws Exception {
        MailTimeouts patient = new MailTimeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(20));
        connection = connector.connection(TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), patient));
        send();
        connector.clock.advance(Duration.ofMinutes(1));
        box.faults(new FaultPlan().smtp("NOOP", "stall", "", 1));
        send();
        assertThat(box.state().smtp().messages()).isEqualTo(2);
        assertThat(box.state().smtp().authentications()).isEqualTo(2);
    }

    @Test
    void aServerThatCutsTheNewConnectionTooIsReported() throws Exception {
        send();
        box.faults(new FaultPlan().smtp("MAIL", "drop", "", 2));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        send();
        assertThat(box.state().smtp().messages()).isEqualTo(2);
    }

    @Test
    void aStoreThatTheApplicationClosedAgainstTheRulesIsReplaced() throws Exception {
        connection.openFolder("INBOX", Folder.READ_ONLY).getStore().close();
        read();
        assertThat(box.state().imap().authentications()).isEqualTo(2);
    }

    @Test
    void aCachedTokenThatTheServerRefusesIsReplacedAndNobodyNotices() throws Exception {
        connector.tokens.source().token(TestAccounts.tokenRequest());
        box.faults(new FaultPlan().expireTokens());
        send();
        read();
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
        assertThat(box.state().smtp().refusedAuthentications()).isEqualTo(1);
        assertThat(box.state().imap().refusedAuthentications()).isZero();
    }

    /** Another connection with that patience; the ones before stay logged in, since Exchange asks for a token at a login. */
    private void sendOverANewConnection(Duration patience) throws Exception {
        Quota quota = new Quota() {
            @Override
            public Duration patience() {
                return patience;
            }
        };
        connection = connector.connection(TestAccounts.account(NOREPLY), quota);
        send();
    }

    @Test
    void tokensThatAreRevokedTwiceWithinFiveMinutesCostNoMail() throws Exception {
        for (int times = 0; times < 2; times++) {
            sendOverANewConnection(Duration.ZERO);
            box.faults(new FaultPlan().expireTokens());
            sendOverANewConnection(Duration.ZERO);
            connector.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(box.state().entra().tokenRequests()).isEqualTo(3);
        assertThat(box.state().smtp().refusedAuthentications()).isEqualTo(2);
    }

    @Test
    void whoMayNotWaitForAnotherTokenIsToldWhenItIsDue() throws Exception {
        sendOverANewConnection(Duration.ZERO);
        box.faults(new FaultPlan().expireTokens());
        sendOverANewConnection(Duration.ZERO);
        box.faults(new FaultPlan().expireTokens());
        Diagnosis refusal = diagnosisOf(() -> sendOverANewConnection(Duration.ZERO));

        assertThat(refusal.code()).isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED);
        assertThat(refusal.details())
                .containsEntry(
                        "nextTokenAt",
                        connector
                                .clock
                                .instant()
                                .plusMillis(5_999)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
        connector.clock.advance(Duration.ofSeconds(5));
        sendOverANewConnection(Duration.ZERO);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(3);
    }

    @Test
    void whoMayWaitGetsAnotherTokenWhenItIsDue() throws Exception {
        sendOverANewConnection(Duration.ZERO);
        box.faults(new FaultPlan().expireTokens());
        sendOverANewConnection(Duration.ZERO);
        box.faults(new FaultPlan().expireTokens());
        FutureTask<Void> waiting = new FutureTask<>(() -> {
            sendOverANewConnection(Duration.ofMinutes(1));
            return null;
        });
        new Thread(waiting, "waits for a token").start();
        await().until(() -> box.state().smtp().refusedAuthentications() == 2);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
        connector.clock.advance(Duration.ofSeconds(5));

        waiting.get(1, TimeUnit.MINUTES);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(3);
        assertThat(box.state().smtp().refusedAuthentications()).isEqualTo(2);
    }

    /** RFC 6749, section 5.1: {@code expires_in} may be missing. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"expires_in\":0", ",\"expires_in\":null", ",\"expires_in\":\"soon\""})
    void fiveMailsCostOneTokenAndOneLoginAlsoIfTheAnswerDoesNotSayHowLongTheTokenLives(String said) throws Exception {
        String answer = "{\"token_type\":\"Bearer\",\"access_token\":\"" + box.issueToken() + "\"" + said + "}";
        box.faults(new FaultPlan().token(200, -1, answer, -1));
        for (int mail = 0; mail < 5; mail++) {
            send();
        }
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
    }

    /** High Volume Email wants more than is left of a cached token. */
    @ParameterizedTest
    @ValueSource(strings = {"AUTH", "MAIL"})
    void aTokenThatExpiresTooSoonForTheServerIsReplacedAndTheMessageGoesOnce(String point) throws Exception {
        box.faults(new FaultPlan().smtp(point, "reply", "501 5.5.127 Token will expire soon", 1));
        send();
        assertThat(box.state().smtp().messages()).isEqualTo(1);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
    }

    @Test
    void aSessionThatEndsWithItsTokenIsReplacedByOneWithANewToken() throws Exception {
        read();
        box.faults(new FaultPlan().expireTokens());
        read();
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
    }

    @Test
    void aWrongMailboxDoesNotAskForATokenAtEveryAttempt() throws Exception {
        connection = connector.connection(TestAccounts.account("nobody@contoso.com"));
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED);
        }
        assertThat(box.state().entra().tokenRequests())
                .as("the first and one to replace it")
                .isEqualTo(2);
        assertThat(box.state().smtp().connections()).isEqualTo(6);
        connector.clock.advance(Duration.ofMinutes(6));
        failureOf(this::send);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(3);
    }

    @Test
    void whatIsNoFaultOfTheTokenDoesNotReplaceIt() throws Exception {
        box.faults(new FaultPlan().smtpAuthDisabled(NOREPLY));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.SMTP_AUTH_DISABLED);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
        assertThat(box.state().smtp().connections()).isEqualTo(1);
    }

    @Test
    void theRefusalIsToldEvenIfThereIsNoTokenToReplaceTheRefusedOne() throws Exception {
        connector.tokens.source().token(TestAccounts.tokenRequest());
        box.faults(new FaultPlan().expireTokens().token(503, -1, "", -1));
        Throwable failure = failureOf(this::send);
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.AUTHENTICATION_REFUSED);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(Diagnosis.of(failure.getSuppressed()[0]).map(Diagnosis::code))
                .contains(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
    }

    @Test
    void aFailedLoginIsLoggedOnceAndAgainAfterItHadWorked() throws Exception {
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            box.faults(new FaultPlan().smtpAuthDisabled(NOREPLY));
            Diagnosis first = diagnosisOf(this::send);
            failureOf(this::send);
            failureOf(this::send);
            assertThat(log.records(Level.WARNING)).hasSize(1).first().satisfies(logged -> {
                assertThat(logged.getMessage()).isEqualTo(first.toString());
                assertThat(logged.getThrown()).isNull();
            });
            box.reset();
            send();
            assertThat(log.records(Level.WARNING)).hasSize(1);
            box.faults(new FaultPlan().smtpAuthDisabled(NOREPLY).dropConnections("smtp"));
            connector.clock.advance(Duration.ofMinutes(1));
            failureOf(this::send);
            assertThat(log.records(Level.WARNING)).hasSize(2);
        }
    }

    @Test
    void anotherReasonIsLoggedAnew() {
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            box.faults(new FaultPlan().smtpAuthDisabled(NOREPLY));
            failureOf(this::send);
            box.reset();
            box.faults(new FaultPlan().smtp("GREETING", "reply", "421 4.3.2 Service not available", 1));
            failureOf(this::send);
            assertThat(log.records(Level.WARNING))
                    .extracting(logged -> logged.getMessage().substring(0, 8))
                    .containsExactly("OMC-2202", "OMC-2305");
        }
    }

    @Test
    void aTokenThatCannotBeHadIsAnAuthenticationFailureWithTheReasonOfEntra() {
        box.faults(new FaultPlan().refuseSecret("AADSTS7000222"));
        Throwable failure = failureOf(this::send);
        assertThat(failure).isInstanceOf(AuthenticationFailedException.class);
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.CLIENT_SECRET_EXPIRED);
        assertThat(box.state().smtp().connections()).isZero();
    }
}
