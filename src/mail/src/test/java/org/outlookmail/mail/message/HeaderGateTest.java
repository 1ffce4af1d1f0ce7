package org.outlookmail.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.accepted;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.testkit.TestBox;

/** What the gate has refused does not leave, whatever the message makes of the refusal. */
@Tag("unit")
@ExtendWith(TestBox.class)
class HeaderGateTest {

    /** Writes itself, and takes a failure for nothing. */
    private static final class Careless extends MimeMessage {

        private final String subject;

        Careless(String subject) {
            super(Session.getInstance(new Properties()));
            this.subject = subject;
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) {
            String text = "From: " + NOREPLY + "\r\nTo: " + ORDERS + "\r\nSubject: " + subject + "\r\nX-Long: "
                    + "x".repeat(2 * 1024 * 1024) + "\r\n\r\nwhat matters\r\n";
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException nobodyIsTold) {
                assertThat(nobodyIsTold).isInstanceOf(HeaderGate.RefusedException.class);
            }
        }
    }

    @Test
    void aHeaderThatIsTooLargeDoesNotLeaveInPartIfTheMessageSwallowsTheRefusal() throws Exception {
        String subject = subject();
        try (Connector connector = new Connector()) {
            MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
            MimeMessage message = new Careless(subject);
            message.setFrom(NOREPLY);
            message.setText("what matters");
            message.setRecipients(MimeMessage.RecipientType.TO, ORDERS);
            Throwable failure = failureOf(() -> connection.send(message));
            assertThat(accepted(NOREPLY, subject)).isZero();
            assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.MESSAGE_INCOMPLETE);
        }
    }
}
