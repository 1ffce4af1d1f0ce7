package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;

import jakarta.mail.MessagingException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenRequest;

/** What an administrator reads who has just set {@code transport="graph"}, and something else is wrong. */
@Tag("unit")
@ExtendWith(TestBox.class)
class GraphFirstHourTest {

    private static final String GRAPH = "https://graph.microsoft.com/.default";

    private final Connector connector = new Connector();

    @AfterEach
    void close() {
        connector.close();
    }

    private MailConnection connection(String mailbox, MailServer server, TokenRequest request) {
        return connector.connection(MailAccount.of(
                mailbox,
                server,
                server,
                MailRoute.direct(TestAccounts.PATIENT),
                new Authentication.Token(request),
                Map.of()));
    }

    private static Diagnosis of(MailConnection connection) {
        Diagnosis sending = diagnosisOf(connection::introduction);
        assertThat(diagnosisOf(connection::store).code()).isEqualTo(sending.code());
        return sending;
    }

    @Test
    void aWrongSecretIsToldAsEverywhere() {
        TokenRequest good = TestAccounts.tokenRequest().forScope(GRAPH);
        TokenRequest wrong = new TokenRequest(
                good.tokenEndpoint(),
                good.tenantId(),
                good.clientId(),
                new Credential.ClientSecret(Secret.of("not-the-secret"), Optional.empty()),
                good.scope(),
                good.http());

        assertThat(of(connection(NOREPLY, TestAccounts.server("graph"), wrong)).code())
                .isEqualTo(DiagnosisCode.CLIENT_SECRET_WRONG);
    }

    @Test
    void aServerThatCannotBeReachedIsToldWithGraphsOwnProperty() throws Exception {
        int closed;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = probe.getLocalPort();
        }
        Diagnosis diagnosis = of(connection(
                NOREPLY,
                new MailServer("graph", "localhost", closed),
                TestAccounts.tokenRequest().forScope(GRAPH)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
        assertThat(diagnosis.cure()).contains("graphEndpoint").doesNotContain("smtpHost");
    }

    @Test
    void aTokenForAnotherServiceIsToldByItsAudience() throws MessagingException {
        Diagnosis diagnosis = of(connection(NOREPLY, TestAccounts.server("graph"), TestAccounts.tokenRequest()));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.AUDIENCE_WRONG);
        assertThat(diagnosis.cure()).contains(GRAPH);
    }

    @Test
    void aMailboxThatIsNoneIsTold() {
        Diagnosis diagnosis = of(connection(
                "nobody@contoso.com",
                TestAccounts.server("graph"),
                TestAccounts.tokenRequest().forScope(GRAPH)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.GRAPH_MAILBOX_UNKNOWN);
        assertThat(diagnosis.details()).containsEntry("mailbox", "nobody@contoso.com");
    }
}
