package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** A relay that lets this server send because it knows its address. */
@Tag("unit")
@ExtendWith(TestBox.class)
class NoLoginTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private MailConnection connection(int port, boolean clearAllowed) {
        MailServer relay = new MailServer("smtp", "localhost", port);
        return connector.connection(MailAccount.of(
                NOREPLY,
                relay,
                TestAccounts.server("imaps"),
                MailRoute.direct(TestAccounts.PATIENT),
                new Authentication.None(clearAllowed),
                Map.of()));
    }

    @Test
    void mailGoesOverTlsWithoutALoginAndWithoutAToken() throws Exception {
        MailConnection connection = connection(box.relayPort(), false);
        String first = subject();
        String second = subject();
        connection.send(Messages.text(first, ORDERS));
        connection.send(Messages.text(second, ORDERS));

        assertThat(received(ORDERS, first)).isEqualTo(1);
        assertThat(received(ORDERS, second)).isEqualTo(1);
        assertThat(TestBox.message(ORDERS, first).mime()).contains("version=TLSv1.3");
        assertThat(box.state().smtp().authentications()).isZero();
        assertThat(box.state().smtp().connections()).isEqualTo(1);
        assertThat(box.state().entra().tokenRequests()).isZero();
        assertThat(connection.valid()).isTrue();
    }

    @Test
    void aRelayWithoutTlsIsToldAndGetsNothing() {
        box.faults(new FaultPlan().withoutExtensions("STARTTLS"));
        Diagnosis diagnosis =
                diagnosisOf(() -> connection(box.relayPort(), false).send(Messages.text(subject(), ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.TLS_NOT_OFFERED);
        assertThat(diagnosis.cure()).contains("startTls=\"offered\"");
        assertThat(box.state().smtp().messages()).isZero();
    }

    @Test
    void inTheClearOnlyIfThatIsAllowed() throws Exception {
        box.faults(new FaultPlan().withoutExtensions("STARTTLS"));
        String subject = subject();
        connection(box.relayPort(), true).send(Messages.text(subject, ORDERS));

        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(TestBox.message(ORDERS, subject).mime()).contains("version=,");
    }

    @Test
    void tlsIsUsedWhereItIsOfferedAlsoIfItNeedNotBe() throws Exception {
        String subject = subject();
        connection(box.relayPort(), true).send(Messages.text(subject, ORDERS));

        assertThat(TestBox.message(ORDERS, subject).mime()).contains("version=TLSv1.3");
    }

    @Test
    void aServerThatWantsALoginIsTold() {
        Diagnosis diagnosis =
                diagnosisOf(() -> connection(box.smtpPort(), false).send(Messages.text(subject(), ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.RELAY_REFUSED);
        assertThat(diagnosis.details()).containsEntry("login", "none");
        assertThat(diagnosis.details().get("reply")).startsWith("530 5.7.57");
        assertThat(diagnosis.cure()).contains("connector", "provider");
    }

    @Test
    void aRelayThatDoesNotKnowThisServerIsTold() {
        box.faults(new FaultPlan().smtp("RCPT", "reply", "550 5.7.64 TenantAttribution; Relay Access Denied", 1));
        Diagnosis diagnosis =
                diagnosisOf(() -> connection(box.relayPort(), false).send(Messages.text(subject(), ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.RELAY_REFUSED);
    }

    @Test
    void aRecipientThatARelayDoesNotKnowIsStillARecipientsFault() {
        Diagnosis diagnosis = diagnosisOf(
                () -> connection(box.relayPort(), false).send(Messages.text(subject(), "nobody@contoso.com")));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.RECIPIENT_REFUSED);
    }

    @Test
    void readingNeedsALoginAndSaysSo() {
        Diagnosis diagnosis =
                diagnosisOf(() -> connection(box.relayPort(), false).openFolder("INBOX", Folder.READ_ONLY));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.READING_NEEDS_LOGIN);
        assertThat(box.state().imap().connections()).isZero();
    }
}
