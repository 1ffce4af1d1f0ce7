package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.accepted;
import static org.outlookmail.testkit.TestBox.message;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** How a message leaves over Graph: whole, to those it is for, and to nobody else. */
@Tag("unit")
@ExtendWith(TestBox.class)
class GraphSendTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final String subject = subject();

    @AfterEach
    void close() {
        connector.close();
    }

    private MailConnection connection(String send) {
        return connector.connection(TestAccounts.graph(NOREPLY, Map.of("mail.graph.send", send)));
    }

    @Test
    void oneRequestSendsAMessageExactToTheOctet() throws MessagingException, IOException {
        MimeMessage sent = Messages.text(subject, ORDERS);

        connection("auto").send(sent);

        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        sent.writeTo(octets);
        assertThat(box.state().graph().requests()).isEqualTo(1);
        assertThat(new String(message(ORDERS, subject).bytes(), StandardCharsets.UTF_8))
                .endsWith(octets.toString(StandardCharsets.UTF_8));
        assertThat(accepted(NOREPLY, subject)).isOne();
    }

    @Test
    void whomTheHeaderDoesNotNameGetsItUnseen() throws MessagingException {
        MimeMessage sent = Messages.text(subject, ORDERS);
        sent.saveChanges();

        connection("auto").send(sent, addresses(ORDERS, SUPPORT));

        assertThat(received(SUPPORT, subject)).isOne();
        assertThat(message(ORDERS, subject).mime()).doesNotContain("Bcc", SUPPORT);
        assertThat(message(SUPPORT, subject).mime()).doesNotContain("Bcc", SUPPORT);
    }

    @Test
    void whomTheHeaderNamesAndTheListDoesNotGetsNothingAndNobodyDoes() throws MessagingException {
        MimeMessage sent = Messages.text(subject, ORDERS, SUPPORT);
        sent.saveChanges();

        Diagnosis diagnosis = diagnosisOf(() -> connection("auto").send(sent, addresses(ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.GRAPH_RECIPIENT_WITHHELD);
        assertThat(diagnosis.details()).containsEntry("address", SUPPORT);
        assertThat(box.state().graph().requests()).isZero();
    }

    @Test
    void aDraftIsMadeAndSent() throws MessagingException {
        connection("draft").send(Messages.text(subject, ORDERS));

        assertThat(box.state().graph().requests()).isEqualTo(2);
        assertThat(received(ORDERS, subject)).isOne();
        assertThat(accepted(NOREPLY, subject)).isOne();
        assertThat(box.messages(NOREPLY, "Drafts")).isEmpty();
    }

    @Test
    void aLargeMessageGoesInPieces() throws MessagingException, IOException {
        connection("auto").send(Messages.withAttachment(subject, 9_000_000, ORDERS));

        assertThat(received(ORDERS, subject)).isOne();
        assertThat(accepted(NOREPLY, subject)).isOne();
        assertThat(box.messages(NOREPLY, "Drafts")).isEmpty();
    }

    @Test
    void aMessageOfWhichNoCopyIsKeptGoesInJson() throws MessagingException {
        MimeMessage sent = Messages.text(subject, ORDERS);
        sent.setHeader("X-Order", "17");

        connector
                .connection(TestAccounts.graph(NOREPLY, Map.of("mail.graph.savetosentitems", "false")))
                .send(sent, addresses(ORDERS, SUPPORT));

        assertThat(message(ORDERS, subject).mime()).contains("X-Order: 17").doesNotContain(SUPPORT);
        assertThat(received(SUPPORT, subject)).isOne();
        assertThat(accepted(NOREPLY, subject)).isZero();
    }

    @Test
    void anAnswer200MeansThatNothingWasSent() {
        box.faults(new FaultPlan().graph("SENDMAIL", 200, "", -1, 1));

        Diagnosis diagnosis = diagnosisOf(() -> connection("auto").send(Messages.text(subject, ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.GRAPH_NOT_TAKEN);
        assertThat(received(ORDERS, subject)).isZero();
    }

    @Test
    void anUnknownOutcomeOfADraftIsFoundOut() throws MessagingException {
        box.faults(new FaultPlan().graphAfter("SEND", 504, "", 1));

        connection("draft").send(Messages.text(subject, ORDERS));

        assertThat(received(ORDERS, subject)).isOne();
    }

    @Test
    void theProofOfAConnectionSendsNothing() throws MessagingException {
        assertThat(connection("auto").introduction()).contains("Microsoft Graph");
        assertThat(box.state().graph().requests()).isEqualTo(1);
    }

    private static Address[] addresses(String... all) throws MessagingException {
        Address[] addresses = new Address[all.length];
        for (int i = 0; i < all.length; i++) {
            addresses[i] = new InternetAddress(all[i]);
        }
        return addresses;
    }

    @Test
    void aBccOfTheMessageIsOneToGraph() throws MessagingException {
        MimeMessage sent = Messages.text(subject, ORDERS);
        sent.setRecipient(Message.RecipientType.BCC, new InternetAddress(SUPPORT));

        connection("auto").send(sent);

        assertThat(received(SUPPORT, subject)).isOne();
        assertThat(message(ORDERS, subject).mime()).doesNotContain(SUPPORT);
    }
}
