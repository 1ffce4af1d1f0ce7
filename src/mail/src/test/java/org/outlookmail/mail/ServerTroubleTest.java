package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.management.EventLog;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.ConnectProxy;
import org.outlookmail.testkit.TestBox;

/** A server that cannot be reached, trusted or understood, before there is a login. */
@Tag("unit")
@ExtendWith(TestBox.class)
class ServerTroubleTest {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final MailTimeouts IMPATIENT = new MailTimeouts(SOON, SOON, SOON);

    private final Sandbox box = TestBox.box();
    private Connector connector;
    private MailConnection connection;

    @BeforeEach
    void connect() {
        connector = new Connector();
        connection = connector.connection(TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), IMPATIENT));
    }

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private void send() throws Exception {
        connection.send(Messages.text(subject(), ORDERS));
    }

    private void read() throws Exception {
        connection.openFolder("INBOX", Folder.READ_ONLY).close();
    }

    private MailConnection to(int smtpPort, int imapsPort, Map<String, String> mailProperties) {
        return connector.connection(TestAccounts.account(NOREPLY, smtpPort, imapsPort, IMPATIENT, mailProperties));
    }

    @Test
    void aPortWhereNobodyListensIsUnreachable() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        connection = to(port, port, Map.of());
        assertThat(diagnosisOf(this::send)).satisfies(diagnosis -> {
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
            assertThat(diagnosis.summary()).contains("smtp://localhost:" + port).contains(NOREPLY);
        });
        assertThat(diagnosisOf(this::read)).satisfies(diagnosis -> {
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
            assertThat(diagnosis.summary()).contains("imaps://localhost:" + port);
        });
    }

    @Test
    void aHostThatDoesNotExistIsUnreachable() {
        MailAccount known = TestAccounts.account(NOREPLY);
        connection = connector.connection(MailAccount.of(
                NOREPLY,
                new MailServer("smtp", "mail.invalid", 587),
                new MailServer("imaps", "mail.invalid", 993),
                MailRoute.direct(IMPATIENT),
                known.out().authentication(),
                Map.of()));
        for (Diagnosis diagnosis : List.of(diagnosisOf(this::send), diagnosisOf(this::read))) {
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
            assertThat(diagnosis.details()).containsEntry("reply", "unknown host mail.invalid");
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsNotTrustedWhateverThePropertiesSay() {
        Map<String, String> trusting = Map.of("mail.smtp.ssl.trust", "*", "mail.imaps.ssl.trust", "*");
        try (Sandbox stranger = Sandbox.builder().randomPorts().start()) {
            connection = to(stranger.smtpPort(), stranger.imapsPort(), trusting);
            assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TLS);
            assertThat(diagnosisOf(this::read).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TLS);
            assertThat(stranger.state().smtp().authentications()).isZero();
            assertThat(stranger.state().imap().authentications()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"smtp, imap", "smtps, imaps", "smtp, pop3", "smtps, pop3s"})
    void aCertificateOfAnotherHostIsNotTrustedWhateverThePropertiesSay(String transport, String store)
            throws Exception {
        try (ConnectProxy toThisMachine = new ConnectProxy()) {
            connection = connector.connection(MailAccount.of(
                    NOREPLY,
                    new MailServer(
                            transport,
                            "mail.invalid",
                            TestAccounts.server(transport).port()),
                    new MailServer(
                            store, "mail.invalid", TestAccounts.server(store).port()),
                    new MailRoute(IMPATIENT, toThisMachine.address(), Optional.empty()),
                    TestAccounts.account(NOREPLY).out().authentication(),
                    Map.of(
                            "mail." + transport + ".ssl.checkserveridentity", "false",
                            "mail." + store + ".ssl.checkserveridentity", "false")));
            assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TLS);
            assertThat(diagnosisOf(this::read).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TLS);
            assertThat(toThisMachine.asked()).hasSize(2);
            assertThat(box.state().smtp().authentications()).isZero();
            assertThat(box.state().imap().authentications()).isZero();
        }
    }

    @Test
    void aServerThatTakesTokensAloneRefusesAPasswordInItsOwnWords() {
        connection = connector.connection(MailAccount.of(
                NOREPLY,
                new MailServer("smtp", "localhost", box.smtpPort()),
                new MailServer("imaps", "localhost", box.imapsPort()),
                MailRoute.direct(IMPATIENT),
                new Authentication.Password(NOREPLY, Secret.of("any")),
                Map.of()));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.BASIC_NOT_SUPPORTED);
        assertThat(diagnosis.details().get("reply")).startsWith("550 5.7.30");
    }

    @Test
    void aServerThatDoesNotSpeakTlsGetsNoToken() throws Exception {
        box.faults(new FaultPlan().smtp("STARTTLS", "reply", "454 4.7.0 TLS not available due to local problem", 1));
        assertThat(diagnosisOf(this::send).details().get("reply")).startsWith("454 4.7.0");
        assertThat(box.state().smtp().authentications()).isZero();
        send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO", "STARTTLS", "AUTH"})
    void anSmtpServerThatSaysNothingIsGivenUpAfterTheReadTimeout(String point) throws Exception {
        box.faults(new FaultPlan().smtp(point, "stall", "", 1));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TIMEOUT);
        send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "AUTH", "SELECT"})
    void anImapServerThatSaysNothingIsGivenUpAfterTheReadTimeout(String point) throws Exception {
        box.faults(new FaultPlan().imap(point, "stall", "", 1));
        assertThat(diagnosisOf(this::read).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TIMEOUT);
        read();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO", "STARTTLS", "AUTH"})
    void anSmtpServerThatHangsUpIsNoRefusal(String point) throws Exception {
        box.faults(new FaultPlan().smtp(point, "drop", "", 1));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        send();
        assertThat(box.state().entra().tokenRequests())
                .as("the token is not to blame")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "AUTH", "SELECT"})
    void anImapServerThatHangsUpIsNoRefusal(String point) throws Exception {
        box.faults(new FaultPlan().imap(point, "drop", "", 1));
        assertThat(diagnosisOf(this::read).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        read();
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "pop3s, GREETING, drop, CONNECTION_LOST",
        "pop3s, AUTH, drop, CONNECTION_LOST",
        "pop3s, NOOP, drop, CONNECTION_LOST",
        "pop3s, SELECT, drop, CONNECTION_LOST",
        "pop3s, GREETING, stall, MAIL_SERVER_TIMEOUT",
        "pop3s, AUTH, stall, MAIL_SERVER_TIMEOUT",
        "pop3s, NOOP, stall, MAIL_SERVER_TIMEOUT",
        "pop3, GREETING, drop, CONNECTION_LOST",
        "pop3, STARTTLS, drop, CONNECTION_LOST",
        "pop3, AUTH, drop, CONNECTION_LOST",
        "pop3, NOOP, drop, CONNECTION_LOST",
        "pop3, GREETING, stall, MAIL_SERVER_TIMEOUT",
        "pop3, STARTTLS, stall, MAIL_SERVER_TIMEOUT",
        "pop3, AUTH, stall, MAIL_SERVER_TIMEOUT",
        "pop3, NOOP, stall, MAIL_SERVER_TIMEOUT"
    })
    void aPop3ServerThatHangsUpOrFallsSilentIsNoRefusal(
            String protocol, String point, String action, DiagnosisCode code) throws Exception {
        connection = connector.connection(MailAccount.of(
                NOREPLY,
                TestAccounts.server("smtp"),
                TestAccounts.server(protocol),
                MailRoute.direct(IMPATIENT),
                TestAccounts.account(NOREPLY).out().authentication(),
                Map.of()));
        box.faults(new FaultPlan().pop3(point, action, "", 1));
        Diagnosis diagnosis = diagnosisOf(this::read);
        assertThat(diagnosis.code()).isEqualTo(code);
        assertThat(diagnosis.toString()).doesNotContain("null");
        read();
        assertThat(box.state().entra().tokenRequests())
                .as("the token is not to blame")
                .isEqualTo(1);
    }

    @Test
    void aPop3ServerThatDoesNotWantTlsIsNoRefusal() {
        connection = connector.connection(MailAccount.of(
                NOREPLY,
                TestAccounts.server("smtp"),
                TestAccounts.server("pop3"),
                MailRoute.direct(IMPATIENT),
                TestAccounts.account(NOREPLY).out().authentication(),
                Map.of()));
        box.faults(new FaultPlan().pop3("STARTTLS", "reply", "-ERR No TLS today", 1));
        assertThat(diagnosisOf(this::read).code()).isEqualTo(DiagnosisCode.MAIL_FAILURE);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GREETING | 421 4.3.2 Service not available | MAIL_THROTTLED",
                "GREETING | 554 5.7.1 Your address is on a block list | MAIL_FAILURE",
                "AUTH | 535 5.7.139 Authentication unsuccessful, user is locked by security defaults policy | SECURITY_POLICY",
                "AUTH | 432 4.3.2 Concurrent connections limit exceeded | MAIL_THROTTLED",
                "AUTH | 454 4.7.0 Temporary authentication failure | MAIL_SERVER_UNAVAILABLE",
                "EHLO | 451 4.3.2 Server busy | MAIL_THROTTLED",
                "EHLO | 451 4.3.0 Server busy | MAIL_SERVER_UNAVAILABLE",
                "GREETING | 421 Service not available | MAIL_SERVER_UNAVAILABLE",
                "AUTH | 435 4.7.8 Error: authentication failed | AUTHENTICATION_REFUSED",
                "AUTH | 550 5.7.30 Basic authentication is not supported for Client Submission. | BASIC_NOT_SUPPORTED"
            })
    void theReplyThatRefusesALoginIsRecognisedAndToldWordForWord(String point, String reply, DiagnosisCode code) {
        box.faults(new FaultPlan().smtp(point, "reply", reply, -1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(code);
        assertThat(diagnosis.details()).containsEntry("reply", reply);
    }

    @Test
    void theChallengeThatOtherServersSendInsteadOfARefusalIsDecoded() {
        box.faults(new FaultPlan().smtp("AUTH", "reply", "334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=", -1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED);
        assertThat(diagnosis.details()).containsEntry("reply", "334 {\"status\":\"400\",\"schemes\":\"Bearer\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GREETING | * BYE Service not available | MAIL_SERVER_UNAVAILABLE",
                "GREETING | * BYE Good night | CONNECTION_LOST",
                "AUTH | NO AUTHENTICATE failed. | AUTHENTICATION_REFUSED",
                "AUTH | NO [LIMIT] Too many connections | MAIL_THROTTLED",
                "AUTH | BAD User is authenticated but not connected. | MAILBOX_NOT_PERMITTED",
                "SELECT | BAD User is authenticated but not connected. | MAILBOX_NOT_PERMITTED",
                "SELECT | * BYE Session invalidated - AccessTokenExpired | CONNECTION_LOST"
            })
    void anImapServersReplyIsRecognised(String point, String reply, DiagnosisCode code) throws Exception {
        box.faults(new FaultPlan().imap(point, "reply", reply, code == DiagnosisCode.AUTHENTICATION_REFUSED ? 2 : 1));
        Diagnosis diagnosis = diagnosisOf(this::read);
        assertThat(diagnosis.code()).isEqualTo(code);
        assertThat(diagnosis.details().get("reply")).contains(reply.substring(reply.indexOf(' ') + 1));
        read();
    }

    @Test
    void theFourthConnectionOfAMailboxIsThrottledAndAFreePlaceIsTaken() throws Exception {
        String mailbox = "archive@contoso.com";
        box.faults(new FaultPlan().maxConnections(3));
        MailConnection first = connector.connection(TestAccounts.account(mailbox));
        first.send(Messages.text(subject(), ORDERS));
        connector.connection(TestAccounts.account(mailbox)).send(Messages.text(subject(), ORDERS));
        connector.connection(TestAccounts.account(mailbox)).send(Messages.text(subject(), ORDERS));
        MailConnection fourth = connector.connection(TestAccounts.account(mailbox));
        Throwable failure = failureOf(() -> fourth.send(Messages.text(subject(), ORDERS)));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.MAIL_THROTTLED);
        first.close();
        await().ignoreExceptions().untilAsserted(() -> fourth.send(Messages.text(subject(), ORDERS)));
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    /** What an administrator may copy: the mailbox, the application's id, and the object id of its enterprise application. */
    @Test
    void theCureNamesThisConfiguration() throws Exception {
        box.createMailbox("closed@contoso.com", Set.of(), Set.of("somebody else"));
        MailConnection closed = connector.connection(TestAccounts.account("closed@contoso.com"));
        Diagnosis diagnosis = diagnosisOf(() -> closed.openFolder("INBOX", Folder.READ_ONLY));
        String objectId = diagnosis.details().get("token.oid");
        assertThat(objectId).isNotBlank();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAILBOX_NOT_PERMITTED);
        assertThat(diagnosis.cure())
                .contains("Add-MailboxPermission -Identity closed@contoso.com -User " + objectId
                        + " -AccessRights FullAccess");

        Diagnosis sending = diagnosisOf(() -> closed.send(Messages.text(subject(), ORDERS)));
        assertThat(sending.cure())
                .contains("New-ServicePrincipal -AppId " + box.clientId() + " -ObjectId " + objectId)
                .contains("Add-MailboxPermission -Identity closed@contoso.com -User " + objectId);
    }

    @Test
    void aSenderThatMicrosoftBlocksIsToldTheAdministratorOnceAndARefusedRecipientNot() throws Exception {
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            for (int i = 0; i < 3; i++) {
                box.faults(new FaultPlan().smtp("DOT", "reply", "550 5.1.8 Access denied, bad outbound sender", 1));
                assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.SENDER_BLOCKED);
            }
            box.faults(new FaultPlan().smtp("RCPT", "reply", "550 5.1.10 Recipient not found", 1));
            assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.RECIPIENT_REFUSED);
            assertThat(log.records(Level.WARNING)).hasSize(1);
            assertThat(log.records(Level.WARNING).get(0).getMessage())
                    .contains("OMC-2311")
                    .contains("Restricted entities");
        }
    }

    @Test
    void aMailboxWhoseSmtpIsSwitchedOffIsToldWithTheCommandThatSwitchesItOn() {
        box.faults(new FaultPlan().smtpAuthDisabled(NOREPLY));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.SMTP_AUTH_DISABLED);
        assertThat(diagnosis.cure()).contains("Set-CASMailbox");
    }
}
