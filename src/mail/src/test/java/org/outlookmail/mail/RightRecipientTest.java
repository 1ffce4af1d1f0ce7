package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.NewsAddress;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.OutboundMessage;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** Nobody but the one who is meant gets a mail, whatever letters are in the address and whatever the server offers. */
@Tag("unit")
@ExtendWith(TestBox.class)
class RightRecipientTest {

    private final Sandbox box = TestBox.box();
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

    /** As an application writes it: the address as it is, whatever Jakarta Mail thinks of it. */
    private static InternetAddress address(String text) {
        InternetAddress address = new InternetAddress();
        address.setAddress(text);
        return address;
    }

    private static MimeMessage to(String subject, String... recipients) throws Exception {
        MimeMessage message = Messages.text(subject);
        for (String recipient : recipients) {
            message.addRecipient(Message.RecipientType.TO, address(recipient));
        }
        return message;
    }

    private List<OutboundMessage> outside(String subject) {
        return box.outbound().stream()
                .filter(message -> message.mime().contains(subject))
                .toList();
    }

    private OutboundMessage theOneOutside(String subject) {
        List<OutboundMessage> found = outside(subject);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String header(OutboundMessage message) {
        String text = new String(message.bytes(), StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf("\r\n\r\n"));
    }

    private SendFailedException refusal(DiagnosisCode code, Message message) {
        Throwable failure = failureOf(() -> connection.send(message));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(code);
        assertThat(failure).isInstanceOf(SendFailedException.class);
        return (SendFailedException) failure;
    }

    private void assertTheConnectionIsStillGood() throws Exception {
        String subject = subject();
        connection.send(Messages.text(subject, ORDERS));
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(box.state().smtp().connections()).isEqualTo(1);
    }

    @Test
    void aLetterBeyondLatinOneReachesItsOwnerAndNotWhoseAddressIsLeftWhenItIsCut() throws Exception {
        for (String recipient : new String[] {"łob@example.com", "ůrders@contoso.example", "jörg@example.com"}) {
            String subject = subject();
            connection.send(to(subject, recipient));
            OutboundMessage sent = theOneOutside(subject);
            assertThat(sent.recipients()).containsExactly(recipient);
            assertThat(sent.envelope())
                    .containsExactly(
                            "MAIL FROM:<" + NOREPLY + "> SMTPUTF8 BODY=8BITMIME", "RCPT TO:<" + recipient + ">");
            assertThat(header(sent)).contains("To: " + recipient);
        }
    }

    @Test
    void aLetterBeyondLatinOneIsRefusedBeforeTheEnvelopeIfTheServerDoesNotOfferSmtpUtf8() throws Exception {
        box.faults(new FaultPlan().withoutExtensions("SMTPUTF8"));
        // U+016F, cut to eight bits, is an o.
        String subject = subject();
        SendFailedException refused =
                refusal(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE, to(subject, SUPPORT, "ůrders@contoso.com"));
        assertThat(Diagnosis.of(refused).orElseThrow().details())
                .containsEntry("address", "ůrders@contoso.com")
                .containsEntry("subject", subject)
                .hasEntrySatisfying("reason", reason -> assertThat(reason).contains("SMTPUTF8"));
        assertThat(refused.getValidUnsentAddresses()).containsExactly(address(SUPPORT), address("ůrders@contoso.com"));
        assertThat(received(ORDERS, subject)).isZero();
        assertThat(received(SUPPORT, subject)).isZero();
        assertTheConnectionIsStillGood();
    }

    /** Angus Mail then writes UTF-8 without having asked for it. */
    @Test
    void allowutf8OfTheAccountChangesNothingForAServerThatDoesNotOfferIt() throws Exception {
        Map<String, String> allowed = Map.of("mail.mime.allowutf8", "true");
        MailAccount account =
                TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), TestAccounts.PATIENT, allowed);
        connection = connector.connection(account);
        box.faults(new FaultPlan().withoutExtensions("SMTPUTF8"));
        refusal(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE, to(subject(), "łob@example.com"));

        box.faults(new FaultPlan().withoutExtensions());
        connection = connector.connection(account);
        String subject = subject();
        connection.send(to(subject, "łob@example.com"));
        assertThat(theOneOutside(subject).envelope())
                .containsExactly("MAIL FROM:<" + NOREPLY + "> SMTPUTF8 BODY=8BITMIME", "RCPT TO:<łob@example.com>");
        String plain = subject();
        connection.send(to(plain, "bob@example.com"));
        assertThat(theOneOutside(plain).envelope())
                .as("what is not international is not declared so")
                .containsExactly("MAIL FROM:<" + NOREPLY + ">", "RCPT TO:<bob@example.com>");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInternationalDomainLeavesAsItsALabelsEverywhere(boolean offered) throws Exception {
        if (!offered) {
            box.faults(new FaultPlan().withoutExtensions("SMTPUTF8"));
        }
        String subject = subject();
        MimeMessage message = to(subject, "bob@münchen.de", "eve@ţest.example");
        message.setRecipient(Message.RecipientType.CC, new InternetAddress("bob@köln.example", "Jörg ł"));
        message.setReplyTo(new Address[] {address("answers@bücher.example")});
        connection.send(message);
        OutboundMessage sent = theOneOutside(subject);
        assertThat(sent.recipients())
                .containsExactlyInAnyOrder(
                        "bob@xn--mnchen-3ya.de", "eve@xn--est-7za.example", "bob@xn--kln-sna.example");
        assertThat(sent.envelope().get(0)).isEqualTo("MAIL FROM:<" + NOREPLY + ">");
        MimeMessage arrived = parsed(sent);
        assertThat(arrived.getHeader("To", ",")).isEqualTo("bob@xn--mnchen-3ya.de, eve@xn--est-7za.example");
        assertThat(arrived.getHeader("Reply-To", ",")).isEqualTo("answers@xn--bcher-kva.example");
        InternetAddress copy = (InternetAddress) arrived.getRecipients(Message.RecipientType.CC)[0];
        assertThat(copy.getAddress()).isEqualTo("bob@xn--kln-sna.example");
        assertThat(copy.getPersonal()).isEqualTo("Jörg ł");
        assertThat(header(sent)).isASCII();
    }

    private static MimeMessage parsed(OutboundMessage sent) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(sent.bytes()));
    }

    @Test
    void anInternationalFromIsOfTheSameMailboxInEnvelopeAndHeader() throws Exception {
        box.createMailbox(
                "sales@contoso.com",
                java.util.Set.of("info@xn--mnchen-3ya.de", "łnfo@contoso.com"),
                java.util.Set.of(box.clientId()));
        connection = connector.connection(TestAccounts.account("sales@contoso.com"));
        String subject = subject();
        MimeMessage message = to(subject, "bob@example.com");
        message.setFrom(address("info@münchen.de"));
        message.setSender(address("info@münchen.de"));
        connection.send(message);
        OutboundMessage sent = theOneOutside(subject);
        assertThat(sent.envelopeFrom()).isEqualTo("info@xn--mnchen-3ya.de");
        assertThat(header(sent)).contains("From: info@xn--mnchen-3ya.de", "Sender: info@xn--mnchen-3ya.de");

        String second = subject();
        MimeMessage polish = to(second, "bob@example.com");
        polish.setFrom(address("łnfo@contoso.com"));
        connection.send(polish);
        assertThat(theOneOutside(second).envelope().get(0))
                .isEqualTo("MAIL FROM:<łnfo@contoso.com> SMTPUTF8 BODY=8BITMIME");
        box.faults(new FaultPlan().withoutExtensions("SMTPUTF8"));
        connection = connector.connection(TestAccounts.account("sales@contoso.com"));
        refusal(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE, polish);
    }

    @Test
    void aFieldInUtf8IsDeclaredOrRefusedButNeverLeavesUndeclared() throws Exception {
        Properties properties = new Properties();
        properties.put("mail.mime.allowutf8", "true");
        for (boolean allowed : new boolean[] {true, false}) {
            MimeMessage message = new MimeMessage(Session.getInstance(allowed ? properties : new Properties()));
            message.setRecipient(Message.RecipientType.TO, address("bob@example.com"));
            message.setText("Hello");
            String subject = subject() + " für Łódź";
            message.setHeader("Subject", subject);
            connection.send(message);
            OutboundMessage sent = theOneOutside(subject.substring(0, subject.indexOf(" für")));
            assertThat(header(sent)).contains("Subject: " + subject);
            assertThat(sent.envelope().get(0)).endsWith(" SMTPUTF8 BODY=8BITMIME");

            box.faults(new FaultPlan().withoutExtensions("SMTPUTF8"));
            connection = connector.connection(TestAccounts.account(NOREPLY));
            SendFailedException refused = refusal(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE, message);
            assertThat(Diagnosis.of(refused).orElseThrow().details().get("address"))
                    .startsWith("Subject: ");
            box.faults(new FaultPlan().withoutExtensions());
            connection = connector.connection(TestAccounts.account(NOREPLY));
        }
    }

    /** A Session without mail.mime.allowutf8 reads each octet as a character; that is another address. */
    @Test
    void anAddressWhoseUtf8WasReadAsLatinOneIsRefused() throws Exception {
        String subject = subject();
        String mime = "From: noreply@contoso.com\r\nTo: jörg@example.com\r\nSubject: " + subject + "\r\n\r\nHello\r\n";
        MimeMessage read = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(mime.getBytes(StandardCharsets.UTF_8)));
        refusal(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE, read);
        connection.send(read, new Address[] {address("jörg@example.com")});
        assertThat(theOneOutside(subject).mime().getBytes(StandardCharsets.ISO_8859_1))
                .asString(StandardCharsets.UTF_8)
                .contains("To: jörg@example.com\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<orders@contoso.com> ORCPT=rfc822;support@contoso.com",
                "<orders@contoso.com>",
                "orders@contoso.com\u0001",
                "orders@contoso.com ",
                "orders@contoso.com.",
                "orders@contoso.com, support@contoso.com",
                "@support.contoso.com:orders@contoso.com",
                "orders",
                "\"orders\n\"@contoso.com",
                "orders(x)@contoso.com"
            })
    void aRecipientThatIsNoAddressIsRefusedWithoutAnyTrafficAndListed(String text) throws Exception {
        String subject = subject();
        MimeMessage message = Messages.text(subject, ORDERS);
        message.saveChanges();
        Throwable failure = failureOf(() -> connection.send(message, new Address[] {address(SUPPORT), address(text)}));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.MESSAGE_INCOMPLETE);
        assertThat(failure).isInstanceOfSatisfying(SendFailedException.class, refused -> {
            assertThat(refused.getInvalidAddresses()).containsExactly(address(text));
            assertThat(refused.getValidUnsentAddresses()).containsExactly(address(SUPPORT));
            assertThat(refused.getValidSentAddresses()).isEmpty();
        });
        assertThat(received(ORDERS, subject) + received(SUPPORT, subject)).isZero();
        assertThat(box.state().smtp().connections()).isZero();
        assertThat(box.state().entra().tokenRequests()).isZero();
    }

    @Test
    void whatIsNoInternetAddressIsListedToo() throws Exception {
        MimeMessage message = Messages.text(subject(), ORDERS);
        message.saveChanges();
        NewsAddress news = new NewsAddress("comp.mail.misc");
        Throwable failure = failureOf(() -> connection.send(message, new Address[] {news, null, address(ORDERS)}));
        assertThat(failure).isInstanceOfSatisfying(SendFailedException.class, refused -> {
            assertThat(refused.getInvalidAddresses()).containsExactly(news);
            assertThat(refused.getValidUnsentAddresses()).containsExactly(address(ORDERS));
        });
    }

    @Test
    void aGroupIsItsMembersAndAnEmptyOneNobody() throws Exception {
        String subject = subject();
        MimeMessage message = Messages.text(subject);
        message.setRecipients(Message.RecipientType.TO, "Team: bob@example.com, eve@example.com;");
        message.addRecipients(Message.RecipientType.CC, "undisclosed-recipients:;");
        connection.send(message);
        assertThat(theOneOutside(subject).recipients()).containsExactly("bob@example.com", "eve@example.com");

        MimeMessage nobody = Messages.text(subject());
        nobody.setRecipients(Message.RecipientType.TO, "undisclosed-recipients:;");
        refusal(DiagnosisCode.MESSAGE_INCOMPLETE, nobody);
        MimeMessage smuggled = Messages.text(subject());
        Throwable failure = failureOf(() ->
                connection.send(smuggled, new Address[] {address("Team: orders@contoso.com> NOTIFY=NEVER <x@y.z;")}));
        assertThat(failure).isInstanceOf(SendFailedException.class);
    }

    /** The list in the exception is the caller's own, though the server was told another form. */
    @Test
    void aRefusedInternationalRecipientIsListedAsItWasGiven() throws Exception {
        box.faults(new FaultPlan().smtp("RCPT", "reply", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", 1));
        SendFailedException refused = refusal(DiagnosisCode.RECIPIENT_REFUSED, to(subject(), "bob@münchen.de"));
        assertThat(refused.getInvalidAddresses()).containsExactly(address("bob@münchen.de"));
    }

    @Test
    void whoIsMentionedInResentBccOrBccIsNotToldToTheOthers() throws Exception {
        String subject = subject();
        MimeMessage message = Messages.text(subject, ORDERS);
        message.setRecipient(Message.RecipientType.BCC, new InternetAddress(SUPPORT));
        message.addHeader("Resent-From", NOREPLY);
        message.addHeader("Resent-Bcc", "secret@example.com");
        message.addHeader("rEsEnT-bCc", "secret@example.org");
        message.addHeaderLine("Bcc : secret@example.net");
        connection.send(message);
        for (String mailbox : new String[] {ORDERS, SUPPORT}) {
            assertThat(TestBox.message(mailbox, subject).mime())
                    .contains("Resent-From")
                    .doesNotContainIgnoringCase("bcc");
        }
        assertThat(message.getHeader("Resent-Bcc"))
                .as("the application's own is as it was")
                .hasSize(2);
    }

    /** A server would take it for the end of the header, and what follows for the text. */
    @ParameterizedTest
    @ValueSource(
            strings = {"From noreply@contoso.com Thu Nov 26 03:00:27 2026", ">From me", "X Name: blank", "nothing"})
    void aLineThatIsNoFieldIsRefusedAndNamed(String line) throws Exception {
        String mime = line + "\nFrom: noreply@contoso.com\nTo: orders@contoso.com\n\nHello\n";
        MimeMessage read = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(mime.getBytes(StandardCharsets.UTF_8)));
        SendFailedException refused = refusal(DiagnosisCode.MESSAGE_INCOMPLETE, read);
        assertThat(Diagnosis.of(refused).orElseThrow().details())
                .containsEntry("reason", "the line \"" + line + "\" of its header is no field");
    }

    @Test
    void withoutRecipientsItIsASendFailedExceptionWithEmptyLists() throws Exception {
        MimeMessage message = Messages.text(subject());
        for (Address[] none : new Address[][] {null, {}}) {
            assertThat(failureOf(() -> connection.send(message, none)))
                    .isInstanceOfSatisfying(SendFailedException.class, RightRecipientTest::assertEmpty);
        }
        assertEmpty(refusal(DiagnosisCode.MESSAGE_INCOMPLETE, message));
    }

    private static void assertEmpty(SendFailedException failure) {
        assertThat(failure.getInvalidAddresses()).isEmpty();
        assertThat(failure.getValidUnsentAddresses()).isEmpty();
        assertThat(failure.getValidSentAddresses()).isEmpty();
    }

    @Test
    void contentThatCannotBeReadLeavesAllRecipientsAmongTheUnsent() throws Exception {
        Message message = Messages.failing(subject(), ORDERS, () -> {
            throw new java.io.IOException("the file is gone");
        });
        SendFailedException refused = refusal(DiagnosisCode.MESSAGE_INCOMPLETE, message);
        assertThat(refused.getValidUnsentAddresses()).containsExactly(address(ORDERS));
    }
}
