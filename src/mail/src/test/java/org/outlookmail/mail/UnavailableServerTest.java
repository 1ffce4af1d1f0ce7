package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.mail.quota.Quotas;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** A server with a fault that passes: no token is to blame, no folder is missing, and the caller waits for it. */
@Tag("unit")
@ExtendWith(TestBox.class)
class UnavailableServerTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final ConcurrentHashMap<String, String> cache = new ConcurrentHashMap<>();
    private final Cluster cluster = Cluster.of(
            SharedEntries.of(cache),
            new EntryKeys(Optional.empty(), Optional.empty()),
            "one",
            Runnable::run,
            Clock.systemUTC());
    private final Quotas quotas = new Quotas(cluster, Runnable::run, Clock.systemUTC());
    private MailConnection connection;

    @AfterEach
    void disconnect() {
        if (connection != null) {
            connection.close();
        }
        quotas.close();
        connector.close();
    }

    private void connect(String protocol, Duration patience) {
        boolean sends = protocol.startsWith("smtp");
        MailAccount account = MailAccount.of(
                SUPPORT,
                TestAccounts.server(sends ? protocol : "smtp"),
                TestAccounts.server(sends ? "imaps" : protocol),
                MailRoute.direct(PATIENT),
                new Authentication.Token(TestAccounts.tokenRequest()),
                Map.of());
        QuotaLimits limits = QuotaLimits.ofConnections(3, 0, 0, patience);
        connection = connector.connection(
                account,
                quotas.sending(SUPPORT, account.out().server(), limits),
                quotas.reading(SUPPORT, account.in().server(), limits));
    }

    private void use(String protocol) throws Exception {
        if (protocol.startsWith("smtp")) {
            connection.send(Messages.text(subject(), ORDERS));
        } else {
            connection.openFolder("INBOX", Folder.READ_ONLY).close();
        }
    }

    private void fault(String protocol, String point, String reply, int times) {
        FaultPlan plan = new FaultPlan();
        switch (protocol) {
            case "smtp" -> plan.smtp(point, "reply", reply, times);
            case "imaps" -> plan.imap(point, "reply", reply, times);
            default -> plan.pop3(point, "reply", reply, times);
        }
        box.faults(plan);
    }

    @ParameterizedTest(name = "{0}: {2} at {1}")
    @CsvSource({
        "smtp, GREETING, 421 Service not available",
        "smtp, EHLO, 451 4.3.0 Temporary server error",
        "smtp, STARTTLS, 454 4.7.0 TLS not available due to local problem",
        "smtp, AUTH, 454 4.7.0 Temporary authentication failure",
        "smtp, AUTH, 454",
        "smtp, AUTH, 451",
        "smtp, AUTH, 421 4.7.0 Try again later",
        "imaps, GREETING, * BYE [UNAVAILABLE] The server is restarting",
        "imaps, AUTH, NO [UNAVAILABLE] Temporary authentication failure.",
        "imaps, AUTH, NO Server Unavailable. 15",
        "imaps, AUTH, NO [INUSE] The mailbox is being moved",
        "imaps, SELECT, NO [UNAVAILABLE] Try again later",
        "imaps, SELECT, NO Server Unavailable. 15",
        "pop3s, GREETING, -ERR Server Unavailable. 21",
        "pop3s, AUTH, -ERR Server Unavailable. 21",
        "pop3s, AUTH, -ERR [SYS/TEMP] Try again later",
        "pop3s, AUTH, -ERR [IN-USE] Do you have another POP session running?",
        "pop3s, SELECT, -ERR [SYS/TEMP] The mailbox is being moved",
        "pop3s, SELECT, -ERR [IN-USE] The mailbox is locked",
        "pop3s, SELECT, -ERR Server Unavailable. 21"
    })
    void aServerThatIsNotAvailableForAMomentIsTriedAgainWithTheSameToken(String protocol, String point, String reply)
            throws Exception {
        connect(protocol, Duration.ZERO);
        fault(protocol, point, reply, 1);
        Diagnosis diagnosis = diagnosisOf(() -> use(protocol));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNAVAILABLE);
        if (!protocol.equals("pop3s") || !point.equals("GREETING")) {
            assertThat(diagnosis.details().get("reply")).contains(reply.replaceFirst("^(NO|-ERR) ", ""));
        }
        connection.close();

        connect(protocol, Duration.ofSeconds(30));
        fault(protocol, point, reply, 2);
        use(protocol);
        assertThat(box.state().entra().tokenRequests())
                .as("the token is not to blame")
                .isEqualTo(1);
        Quota another = quotas.reading(
                SUPPORT, TestAccounts.server(protocol), QuotaLimits.ofConnections(0, 0, 0, Duration.ZERO));
        assertThatCode(() -> another.enter(() -> {}, Deadline.in(Duration.ZERO)))
                .as("it is no business of the mailbox, so nobody else waits")
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatDoesNotComeBackIsGivenUpWhenTheCallersPatienceEnds() {
        connect("smtp", Duration.ofSeconds(2));
        fault("smtp", "AUTH", "454 4.7.0 Temporary authentication failure", -1);
        assertThat(diagnosisOf(() -> use("smtp")).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNAVAILABLE);
        assertThat(box.state().smtp().connections())
                .as("after 0, 0.5 and 1 second")
                .isEqualTo(3);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void aFolderThatDoesNotExistIsNotWaitedFor() {
        connect("imaps", Duration.ofMinutes(10));
        Diagnosis diagnosis = diagnosisOf(() -> connection.openFolder("Temporary Unavailable", Folder.READ_ONLY));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.FOLDER_FAILURE);
    }

    @Test
    void aSessionThatTheServerEndsIsReplacedAtOnceWhateverItSays() throws Exception {
        connect("imaps", Duration.ZERO);
        use("imaps");
        fault("imaps", "SELECT", "* BYE [UNAVAILABLE] Server shutting down", 1);
        use("imaps");
        assertThat(box.state().imap().authentications()).isEqualTo(2);
    }
}
