package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.accepted;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/**
 * Whether a message that failed was accepted: with every code but OUTCOME_UNKNOWN it was not, and after every failure the
 * next message over the same connection arrives.
 */
@Tag("unit")
@ExtendWith(TestBox.class)
class SendOutcomeTest {

    private final Sandbox box = TestBox.box();
    private final String subject = subject();
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
        connection.send(Messages.text(subject, ORDERS));
    }

    private void assertNotDelivered() {
        assertThat(accepted(NOREPLY, subject)).isZero();
        assertThat(received(ORDERS, subject)).isZero();
    }

    /** The next message arrives, and it took so many connections in all. */
    private void assertTheNextOneArrives(int connections) throws Exception {
        String next = subject();
        connection.send(Messages.text(next, ORDERS));
        assertThat(TestBox.message(ORDERS, next).mimeMessage().getContent()).isEqualTo("Hello\r\n.\r\nworld\r\n");
        assertThat(box.state().smtp().connections()).isEqualTo(connections);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void aConnectionThatBreaksBeforeTheContentHasDeliveredNothing(String point) throws Exception {
        box.faults(new FaultPlan().smtp(point, "drop", "", 1));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        assertNotDelivered();
        assertTheNextOneArrives(2);
        assertThat(received(ORDERS, subject)).as("not retried").isZero();
    }

    @Test
    void aConnectionThatBreaksAfterTheFinalDotLeavesTheOutcomeUnknown() throws Exception {
        box.faults(new FaultPlan().smtp("DOT", "drop", "", 1));
        MimeMessage message = Messages.text(subject, ORDERS);
        Diagnosis diagnosis = diagnosisOf(() -> connection.send(message));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertThat(diagnosis.details())
                .containsEntry("messageId", message.getMessageID())
                .containsEntry("subject", subject);
        assertThat(box.state().smtp().connections()).as("not retried").isEqualTo(1);
        assertNotDelivered();
        assertTheNextOneArrives(2);
    }

    @Test
    void aConnectionThatBreaksAfterTheServerHasAcceptedLeavesTheOutcomeUnknownAndOneCopy() throws Exception {
        box.faults(new FaultPlan().smtp("DELIVERED", "drop", "", 1));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertTheNextOneArrives(2);
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(accepted(NOREPLY, subject)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOT", "DELIVERED"})
    void aServerThatFallsSilentAfterTheFinalDotLeavesTheOutcomeUnknown(String point) throws Exception {
        Duration patience = Duration.ofSeconds(10);
        MailTimeouts impatient = new MailTimeouts(patience, Duration.ofSeconds(2), patience);
        connection = connector.connection(TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), impatient));
        assertTheNextOneArrives(1);
        box.faults(new FaultPlan().smtp(point, "stall", "", 1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertThat(Long.parseLong(diagnosis.details().get("elapsedMillis"))).isBetween(2_000L, 10_000L);
        assertTheNextOneArrives(2);
        assertThat(received(ORDERS, subject)).isEqualTo(point.equals("DOT") ? 0 : 1);
    }

    @Test
    void aServerThatFallsSilentBeforeTheContentHasDeliveredNothing() throws Exception {
        Duration patience = Duration.ofSeconds(10);
        MailTimeouts impatient = new MailTimeouts(patience, Duration.ofSeconds(2), patience);
        connection = connector.connection(TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), impatient));
        box.faults(new FaultPlan().smtp("RCPT", "stall", "", 1));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TIMEOUT);
        assertNotDelivered();
        assertTheNextOneArrives(2);
    }

    /** DELIVERED: the server has taken the message before it says so. */
    @ParameterizedTest
    @ValueSource(
            strings = {"251 2.1.5 User not local; will forward", "252 2.5.0 Will attempt delivery", "250", "299 Taken"})
    void aReplyThatAcceptsIsNoRefusalWhateverItsNumber(String reply) throws Exception {
        box.faults(new FaultPlan().smtp("DELIVERED", "reply", reply, 1));
        send();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertTheNextOneArrives(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "354 Go on",
                "150 Wait",
                "999 What?",
                "Thank you",
                "2",
                "250-Taken\r\n550 5.7.1 Or not",
                "-50 Never"
            })
    void aReplyToTheWholeMessageThatIsNeitherYesNorNoLeavesTheOutcomeUnknown(String reply) throws Exception {
        box.faults(new FaultPlan().smtp("DELIVERED", "reply", reply, 1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertThat(diagnosis.details()).containsEntry("reply", reply.replaceAll("\\s+", " "));
        assertTheNextOneArrives(2);
        assertThat(received(ORDERS, subject)).as("not sent again").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT"})
    void aReplyThatAgreesIsNoRefusalWhateverItsNumber(String point) throws Exception {
        // The sandbox has not noted the sender or the recipient, so it refuses what follows; the point is that it
        // follows.
        box.faults(new FaultPlan().smtp(point, "reply", "252 2.5.0 Will do", 1));
        assertThat(diagnosisOf(this::send).details().get("reply")).startsWith("503 ");
        assertNotDelivered();
    }

    @ParameterizedTest
    @CsvSource({"MAIL, 354 Go on", "RCPT, 354 Go on", "DATA, 250 2.0.0 OK", "MAIL, 150 Wait", "DATA, Hello"})
    void aReplyInTheWrongPlaceEndsTheConnectionAndDeliversNothing(String point, String reply) throws Exception {
        box.faults(new FaultPlan().smtp(point, "reply", reply, 1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_FAILURE);
        assertThat(diagnosis.details()).containsEntry("reply", reply);
        assertNotDelivered();
        assertTheNextOneArrives(2);
    }

    @Test
    void aRefusalOfOneWordlessNumberIsARefusal() throws Exception {
        box.faults(new FaultPlan().smtp("DOT", "reply", "550", 1));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MESSAGE_REFUSED);
        assertNotDelivered();
        assertTheNextOneArrives(1);
    }

    /** The pause is the quota's, which this connection has none of; here nothing is sent again at once. */
    @Test
    void aSubmissionRateThatWasExceededIsThrottlingThoughItsNumberIsThatOfAnIdleConnection() throws Exception {
        connection.send(Messages.text(subject(), ORDERS));
        box.faults(new FaultPlan()
                .smtp("MAIL", "reply", "421 4.4.2 Message submission rate has exceeded the configured limit", -1));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        assertThat(box.state().smtp().connections())
                .as("not sent again at once")
                .isEqualTo(1);
    }

    @Test
    void greylistingIsTheMessagesAndItsSenderIsToldToTryAgain() throws Exception {
        box.faults(new FaultPlan().smtp("RCPT", "reply", "450 4.7.1 Greylisted, come back in five minutes", 1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.RECIPIENT_REFUSED);
        assertThat(diagnosis.summary()).contains("for the time being").contains("later");
        assertNotDelivered();
        assertTheNextOneArrives(1);
    }

    @Test
    void aMessageIsNeverSentInChunksWhichWouldChangeIt() throws Exception {
        Map<String, String> chunks = Map.of("mail.smtp.chunksize", "65536");
        connection = connector.connection(
                TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), TestAccounts.PATIENT, chunks));
        assertTheNextOneArrives(1);
    }

    @Test
    void anAnswerAndThenABrokenConnectionIsNoUnknownOutcome() throws Exception {
        box.faults(new FaultPlan().smtp("DOT", "reply", "421 4.3.2 Service not available", 1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        assertThat(diagnosis.details()).containsEntry("reply", "421 4.3.2 Service not available");
        assertNotDelivered();
        assertTheNextOneArrives(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL | 421 4.4.2 Message submission timed out | CONNECTION_LOST",
                "MAIL | 421 4.3.2 Service not available | MAIL_THROTTLED",
                "RCPT | 421 4.4.2 Connection dropped | CONNECTION_LOST",
                "DATA | 421 4.3.2 Service not available | MAIL_THROTTLED",
                "MAIL | 530 5.7.57 Client not authenticated to send mail | NOT_AUTHENTICATED"
            })
    void aReplyThatEndsTheSessionIsRecognisedAtEveryPointAndTheNextUseLogsIn(
            String point, String reply, DiagnosisCode code) throws Exception {
        box.faults(new FaultPlan().smtp(point, "reply", reply, 1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(code);
        assertThat(diagnosis.details()).containsEntry("reply", reply);
        assertNotDelivered();
        assertTheNextOneArrives(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL | 430 4.2.0 STOREDRV; mailbox logon failure | MAILBOX_NOT_PERMITTED",
                "RCPT | 550 5.7.236 Tenant limit exceeded | SENDER_LIMIT",
                "RCPT | 452 4.5.3 Too many recipients | RECIPIENT_REFUSED",
                "DATA | 432 4.3.2 Concurrent connections limit exceeded | MAIL_THROTTLED",
                "DOT | 554 5.2.2 mailbox full | MAILBOX_FULL",
                "DOT | 550 5.7.60 Client does not have permissions to send as this sender | SEND_AS_DENIED"
            })
    void aRefusalKeepsTheConnection(String point, String reply, DiagnosisCode code) throws Exception {
        box.faults(new FaultPlan().smtp(point, "reply", reply, 1));
        Diagnosis diagnosis = diagnosisOf(this::send);
        assertThat(diagnosis.code()).isEqualTo(code);
        assertThat(diagnosis.details()).containsEntry("reply", reply);
        assertNotDelivered();
        assertTheNextOneArrives(1);
    }

    @Test
    void moreMessagesAMinuteThanAllowedAreThrottled() throws Exception {
        box.faults(new FaultPlan().messagesPerMinute(1));
        connection.send(Messages.text(subject(), ORDERS));
        assertThat(diagnosisOf(this::send).code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        assertNotDelivered();
        box.reset();
        assertTheNextOneArrives(0);
    }

    static Stream<Messages.Fault> faultsOfAnAttachment() {
        return Stream.of(
                () -> {
                    throw new IOException("the disk is broken");
                },
                () -> {
                    // An attachment may come over a network of its own.
                    throw new SocketTimeoutException("the document archive does not answer");
                },
                () -> {
                    throw new IllegalStateException("the document is closed");
                });
    }

    @ParameterizedTest
    @MethodSource("faultsOfAnAttachment")
    void aMessageThatCannotBeReadToItsEndIsNotDelivered(Messages.Fault fault) throws Exception {
        Throwable failure = failureOf(() -> connection.send(Messages.failing(subject, ORDERS, fault)));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.MESSAGE_INCOMPLETE);
        assertThat(failure).hasStackTraceContaining("the d");
        assertTheNextOneArrives(2);
        assertNotDelivered();
    }

    @Test
    void aLargeMessageArrivesAsItIs() throws Exception {
        connection.send(Messages.withAttachment(subject, 3_000_000, ORDERS));
        assertThat(TestBox.message(ORDERS, subject).size()).isGreaterThan(4_000_000);
    }
}
