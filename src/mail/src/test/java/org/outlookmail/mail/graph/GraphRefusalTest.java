package org.outlookmail.mail.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What Graph has no place for is refused by its name, before Graph is asked for anything. */
@Tag("unit")
@ExtendWith(TestBox.class)
class GraphRefusalTest {

    /** The only form of a small message that goes by JSON. */
    private static final Map<String, String> NO_COPY = Map.of("mail.graph.savetosentitems", "false");

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final String subject = subject();

    @AfterEach
    void close() {
        connector.close();
    }

    private Diagnosis refusal(MimeMessage message, Map<String, String> properties) {
        Diagnosis diagnosis = diagnosisOf(() ->
                connector.connection(TestAccounts.graph(NOREPLY, properties)).send(message));
        assertThat(box.state().graph().requests()).isZero();
        assertThat(received(ORDERS, subject)).isZero();
        assertThat(diagnosis.details()).containsEntry("subject", subject).containsEntry("mailbox", NOREPLY);
        return diagnosis;
    }

    private MimeMessage parsed(String... rest) throws MessagingException {
        String text = "To: " + ORDERS + "\r\nSubject: " + subject + "\r\n" + String.join("\r\n", rest) + "\r\n";
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String multipart(String type, String... parts) {
        return "MIME-Version: 1.0\r\nContent-Type: multipart/" + type + "; boundary=b\r\n\r\n--b\r\n"
                + String.join("\r\n--b\r\n", parts) + "\r\n--b--";
    }

    private static String part(String type, String content) {
        return "Content-Type: " + type + "\r\n\r\n" + content;
    }

    static Stream<Arguments> unfit() {
        String plain = part("text/plain", "Hello");
        String html = part("text/html", "<p>Hello</p>");
        return Stream.of(
                Arguments.of(
                        "the body (multipart/signed)",
                        multipart("signed", plain, part("application/pkcs7-signature", "x"))),
                Arguments.of(
                        "the body (multipart/report)",
                        multipart("report", plain, part("message/delivery-status", "x"))),
                Arguments.of(
                        "part 2 (text/calendar)",
                        multipart("alternative", plain, part("text/calendar", "BEGIN:VCALENDAR"))),
                Arguments.of(
                        "the body (application/pkcs7-mime)",
                        part("application/pkcs7-mime; smime-type=enveloped-data", "x")),
                Arguments.of("part 2, a further text", multipart("mixed", plain, part("text/plain", "More"))),
                Arguments.of("part 2, a further text", multipart("mixed", plain, html)),
                Arguments.of(
                        "part 2, a further form of the text (text/x-amp-html)",
                        multipart("alternative", plain, part("text/x-amp-html", "<p>x</p>"), html)),
                Arguments.of(
                        "6 fields that begin with X-",
                        "X-1: a\r\nX-2: a\r\nX-3: a\r\nX-4: a\r\nX-5: a\r\nX-6: a\r\n\r\nHello"),
                Arguments.of("the field List-Unsubscribe", "List-Unsubscribe: <mailto:u@x.org>\r\n\r\nHello"),
                Arguments.of("a group in the field Cc", "Cc: Friends: " + ORDERS + ";\r\n\r\nHello"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void whatJsonHasNoPlaceForIsNamed(String part, String rest) throws MessagingException {
        Diagnosis diagnosis = refusal(parsed(rest), NO_COPY);

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.GRAPH_CANNOT_CARRY);
        assertThat(diagnosis.details()).containsEntry("part", part);
    }

    @Test
    void aStructureThatCannotBeReadIsToldAsTheMessagesFault() throws MessagingException {
        assertThat(refusal(
                                parsed("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nHello"),
                                NO_COPY)
                        .code())
                .isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);
    }

    @Test
    void whatIsPartOfTheEnvelopeIsNamed() throws MessagingException {
        SMTPMessage reported = smtpMessage();
        reported.setNotifyOptions(SMTPMessage.NOTIFY_SUCCESS);
        assertThat(refusal(reported, Map.of()).details())
                .containsEntry("part", "a request for delivery reports (RFC 3461)");

        SMTPMessage extended = smtpMessage();
        extended.setMailExtension("MT-PRIORITY=3");
        assertThat(refusal(extended, Map.of()).details()).containsEntry("part", "further parameters of MAIL");

        SMTPMessage bounced = smtpMessage();
        bounced.setEnvelopeFrom("<>");
        assertThat(refusal(bounced, Map.of()).details()).containsEntry("part", "the sender <> of the envelope");

        SMTPMessage returned = smtpMessage();
        returned.setEnvelopeFrom("bounces@contoso.com");
        Diagnosis diagnosis = refusal(returned, Map.of());
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.GRAPH_CANNOT_CARRY);
        assertThat(diagnosis.details()).containsEntry("part", "the sender bounces@contoso.com of the envelope");
    }

    private SMTPMessage smtpMessage() throws MessagingException {
        SMTPMessage message = new SMTPMessage(Session.getInstance(new Properties()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(ORDERS));
        message.setSubject(subject);
        message.setText("Hello");
        return message;
    }

    @Test
    void inOnePieceALargeMessageIsRefusedWithItsSize() throws MessagingException {
        Diagnosis diagnosis =
                refusal(Messages.withAttachment(subject, 3_000_000, ORDERS), Map.of("mail.graph.send", "direct"));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MESSAGE_TOO_LARGE);
        assertThat(Long.parseLong(diagnosis.details().get("octets"))).isGreaterThan(4_000_000);
        assertThat(diagnosis.details()).containsEntry("limitOctets", "2200000");
    }

    @Test
    void whatIsTooLargeForJsonIsRefusedWithItsSize() throws MessagingException {
        assertThat(refusal(Messages.withAttachment(subject, 3_500_000, ORDERS), NO_COPY)
                        .code())
                .isEqualTo(DiagnosisCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void aBreakOfALineInARecipientIsNoFurtherField() throws MessagingException {
        InternetAddress forged = new InternetAddress();
        forged.setAddress("support@contoso.com>\r\nX-Forged: 1\r\nX: <x@y.org");
        MimeMessage message = Messages.text(subject, ORDERS);
        message.saveChanges();

        diagnosisOf(() -> connector
                .connection(TestAccounts.graph(NOREPLY, Map.of()))
                .send(message, new jakarta.mail.Address[] {new InternetAddress(ORDERS), forged}));

        assertThat(box.state().graph().requests()).isZero();
    }
}
