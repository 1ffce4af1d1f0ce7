package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.allTextOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;

import jakarta.mail.internet.MimeMessage;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.management.EventLog;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.TestBox;

/** Who writes a message cannot write into the server's log: what a refusal tells of the message is one line. */
@Tag("unit")
@ExtendWith(TestBox.class)
class ForgedLogLinesTest {

    private static final String FORGED = "[ERROR] forged";

    private final Connector connector = new Connector();
    private final CapturedLog log = CapturedLog.of(EventLog.class);
    private MailConnection connection;

    @BeforeEach
    void start() {
        connection = connector.connection(TestAccounts.account(NOREPLY));
    }

    @AfterEach
    void close() {
        log.close();
        connector.close();
    }

    /** The mailbox has no SendAs right for that From, which is the administrator's business: it is logged. */
    private Throwable refused(String header, String value) throws Exception {
        MimeMessage message = Messages.text("Subject", ORDERS);
        message.setFrom(SUPPORT);
        message.setHeader(header, value);
        Throwable failure = failureOf(() -> connection.send(message));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.SEND_AS_DENIED);
        return failure;
    }

    private void assertNoLineOfItsOwn(Throwable failure) {
        assertThat(failure.getMessage()).doesNotContainPattern("\\R");
        assertThat(failure.toString()).doesNotContainPattern("\\R");
        assertThat(allTextOf(failure).lines()).noneMatch(line -> line.strip().startsWith(FORGED));
        assertThat(log.records(Level.WARNING))
                .extracting(LogRecord::getMessage)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\R"));
    }

    @ParameterizedTest
    @CsvSource({
        "Subject, =?UTF-8?Q?Order=0D=0A[ERROR]_forged?=",
        "Subject, =?UTF-8?B?T3JkZXIKW0VSUk9SXSBmb3JnZWQ=?=",
        "Subject, =?UTF-8?Q?Order=E2=80=A8[ERROR]_forged?=",
        "Subject, =?UTF-8?Q?Order=C2=85[ERROR]_forged?=",
        "From, =?UTF-8?Q?Anne=0D=0A[ERROR]_forged?= <support@contoso.com>",
    })
    void anEncodedWordIsReadAndItsLineEndShown(String header, String value) throws Exception {
        Throwable failure = refused(header, value);
        assertNoLineOfItsOwn(failure);
        assertThat(Diagnosis.of(failure).orElseThrow().details().get(header.equals("From") ? "from" : "subject"))
                .containsPattern("(Order|Anne)\\\\[rnu]")
                .contains(FORGED);
    }

    @Test
    void aFoldedHeaderIsOneLine() throws Exception {
        assertNoLineOfItsOwn(refused("Subject", "Order\r\n " + FORGED));
    }

    @Test
    void aDisplayNameThatIsFoldedForItsLengthIsOneLine() throws Exception {
        String name = "Anne of a department with a very long name ".repeat(3).strip();
        MimeMessage message = Messages.text("Subject", ORDERS);
        message.setFrom(new jakarta.mail.internet.InternetAddress(SUPPORT, name));
        assertThat(message.getHeader("From")[0]).as("folded").contains("\r\n");
        Throwable failure = failureOf(() -> connection.send(message));
        assertNoLineOfItsOwn(failure);
        assertThat(Diagnosis.of(failure).orElseThrow().details()).containsEntry("from", name + " <" + SUPPORT + ">");
    }

    @Test
    void aSubjectOfAMillionLettersIsShownInPart() throws Exception {
        Throwable failure = refused("Subject", "x".repeat(1_000_000));
        assertThat(failure.getMessage()).hasSizeLessThan(5_000);
        assertThat(Diagnosis.of(failure).orElseThrow().details().get("subject")).endsWith("(1000000 characters)");
    }
}
