package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.ConnectProxy;
import org.outlookmail.testkit.TestBox;

/** What an HTTP proxy may say to CONNECT. */
@Tag("unit")
@ExtendWith(TestBox.class)
class ProxyAnswersTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private MailConnection through(ConnectProxy proxy, String transport, String store, MailTimeouts timeouts) {
        return connector.connection(MailAccount.of(
                NOREPLY,
                TestAccounts.server(transport),
                TestAccounts.server(store),
                new MailRoute(timeouts, proxy.address(), Optional.empty()),
                TestAccounts.account(NOREPLY).out().authentication(),
                Map.of()));
    }

    private static void read(MailConnection connection) throws Exception {
        connection.openFolder("INBOX", Folder.READ_ONLY).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 201 Created\r\n\r\n",
                "HTTP/1.1 204\r\nVia: 1.1 proxy\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\n\n"
            })
    void anySuccessOpensTheWay(String answer) throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(answer)) {
            MailConnection connection = through(proxy, "smtp", "imaps", PATIENT);
            connection.send(Messages.text(subject(), ORDERS));
            read(connection);
            assertThat(proxy.asked()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp imap", "smtps imaps", "smtp pop3", "smtps pop3s"})
    void aProxyThatWantsAUserNameIsToldByItsOwnCode(String protocols) throws Exception {
        String[] protocol = protocols.split(" ", -1);
        String status = "HTTP/1.1 407 Proxy Authentication Required";
        try (ConnectProxy proxy = new ConnectProxy(status + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n")) {
            MailConnection connection = through(proxy, protocol[0], protocol[1], PATIENT);
            for (Diagnosis diagnosis : new Diagnosis[] {
                diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS))),
                diagnosisOf(() -> read(connection))
            }) {
                assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_PROXY_REFUSED);
                assertThat(diagnosis.details().get("reply")).contains(status);
                assertThat(diagnosis.cure()).contains("CONNECT");
            }
            assertThat(box.state().smtp().connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 403 Forbidden\r\n\r\n", "SSH-2.0-OpenSSH_9\r\n", "\r\n\r\n", "HTTP/1.1 999\r\n\r\n"})
    void aProxyThatSaysNoOrIsNoneIsToldByTheSameCode(String answer) throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(answer)) {
            MailConnection connection = through(proxy, "smtp", "imaps", PATIENT);
            assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)))
                            .code())
                    .isEqualTo(DiagnosisCode.MAIL_PROXY_REFUSED);
        }
    }

    @Test
    void anAnswerThatDoesNotEndIsNotReadForEver() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy("HTTP/1.1 403 Forbidden\r\n" + "X-Filler: 1\r\n".repeat(10_000))) {
            MailConnection connection = through(proxy, "smtp", "imaps", PATIENT);
            Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)));
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_PROXY_REFUSED);
            assertThat(diagnosis.details().get("reply")).contains("does not end");
        }
    }

    @Test
    void aSilentProxyIsGivenUpAfterTheConnectTimeout() throws Exception {
        Duration patient = Duration.ofMinutes(5);
        try (ConnectProxy proxy = new ConnectProxy("")) {
            MailConnection connection =
                    through(proxy, "smtp", "imaps", new MailTimeouts(Duration.ofSeconds(1), patient, patient));
            assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)))
                            .code())
                    .isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
            assertThat(diagnosisOf(() -> read(connection)).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
        }
    }
}
