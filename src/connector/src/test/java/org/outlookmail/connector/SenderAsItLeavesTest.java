package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.OutboundMessage;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** In whose name a message leaves is decided by the header that leaves, and by nothing that was there before. */
@Tag("unit")
@ExtendWith(TestBox.class)
class SenderAsItLeavesTest {

    private static final String SUPPORT = "support@contoso.com";

    private final Sandbox box = TestBox.box();
    private Server server;
    private MailManagedConnectionFactory managed;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
        managed.setAllowedMailboxes("archive@contoso.com");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OutlookMailSessionFactory factory() {
        return (OutlookMailSessionFactory) managed.createConnectionFactory(server);
    }

    /** How an application hands a message over. */
    private enum Way {
        SESSION {
            @Override
            void send(OutlookMailSession session, MimeMessage message) throws MessagingException {
                session.send(message);
            }
        },
        TRANSPORT {
            @Override
            void send(OutlookMailSession session, MimeMessage message) throws MessagingException {
                Transport.send(message);
            }
        },
        UNSAVED {
            @Override
            void send(OutlookMailSession session, MimeMessage message) throws MessagingException {
                try (Transport transport = session.mailSession().getTransport()) {
                    transport.connect();
                    transport.sendMessage(message, message.getAllRecipients());
                }
            }
        };

        abstract void send(OutlookMailSession session, MimeMessage message) throws MessagingException;
    }

    /** What an application's own kind of message does. */
    private interface Trick {
        void play(MimeMessage message) throws MessagingException;
    }

    private static MimeMessage saving(Session session, String subject, Trick trick) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected synchronized void updateHeaders() throws MessagingException {
                super.updateHeaders();
                trick.play(this);
            }
        };
        return filled(message, subject);
    }

    private static MimeMessage writing(Session session, String subject, Trick trick) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
                trick.play(this);
                super.writeTo(out, ignored);
            }
        };
        return filled(message, subject);
    }

    private static <M extends MimeMessage> M filled(M message, String subject) throws MessagingException {
        message.setFrom(new InternetAddress(NOREPLY));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(ORDERS));
        message.setSubject(subject);
        message.setText("Hello");
        return message;
    }

    private void assertNotAllowed(Throwable failure, String subject) {
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.SENDER_NOT_ALLOWED);
        assertThat(failure).isInstanceOfSatisfying(SendFailedException.class, refused -> {
            assertThat(refused.getValidUnsentAddresses())
                    .extracting(Address::toString)
                    .containsExactly(ORDERS);
        });
        assertThat(received(ORDERS, subject)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SESSION, fixed", "TRANSPORT, fixed", "UNSAVED, fixed", "SESSION, sender", "UNSAVED, sender"})
    void aFromThatAMessageSetsWhenItIsSavedIsCheckedBeforeAnyTraffic(Way way, String policy) throws Exception {
        managed.setSenderPolicy(policy);
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = saving(session.mailSession(), subject, late -> late.setHeader("From", SUPPORT));
            assertNotAllowed(catchThrowable(() -> way.send(session, message)), subject);
        }
        assertThat(box.state().smtp().messages()).isZero();
        assertThat(box.state().smtp().peakConnections(SUPPORT)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SESSION, fixed", "UNSAVED, fixed", "TRANSPORT, sender"})
    void aFromThatAMessageSetsWhileItIsWrittenDoesNotLeave(Way way, String policy) throws Exception {
        managed.setSenderPolicy(policy);
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = writing(session.mailSession(), subject, late -> late.setHeader("From", SUPPORT));
            assertNotAllowed(catchThrowable(() -> way.send(session, message)), subject);
            String next = subject();
            session.send(message(session.mailSession(), next));
            assertThat(received(ORDERS, next)).isEqualTo(1);
        }
        assertThat(box.state().smtp().messages()).isEqualTo(1);
    }

    /** Over the connection of the one, in the name of the other, both of whom are allowed. */
    @Test
    void underSenderAMessageLeavesInTheNameOfTheMailboxWhoseConnectionItTakes() throws Exception {
        managed.setSenderPolicy("sender");
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message =
                    writing(session.mailSession(), subject, late -> late.setHeader("From", "archive@contoso.com"));
            assertNotAllowed(catchThrowable(() -> session.send(message)), subject);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "sender"})
    void inATransactionItIsTheSame(String policy) throws Exception {
        managed.setSenderPolicy(policy);
        managed.setTransaction("local");
        server.transactional = true;
        String subject = subject();
        Trick trick = late -> late.setHeader("From", SUPPORT);
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage saved = saving(session.mailSession(), subject, trick);
            assertNotAllowed(catchThrowable(() -> session.send(saved)), subject);
            MimeMessage written = writing(session.mailSession(), subject, trick);
            assertNotAllowed(catchThrowable(() -> session.send(written)), subject);
        }
        server.transactions.get(0).commit();
        assertThat(box.state().smtp().messages()).isZero();
    }

    @Test
    void aNameWithBracketsInQuotesAndACommentBehindTheAddressAreClear() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = message(session.mailSession(), subject);
            message.setHeader("From", "\"Orders > (new) \\\"x\\\"\" <noreply@contoso.com> (desk > 1)");
            session.send(message);
        }
        assertThat(box.state().smtp().messages()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: noreply@contoso.com|From: support@contoso.com",
                "From: noreply@contoso.com|From : support@contoso.com",
                "From: noreply@contoso.com|fROM: \"",
                "From: noreply@contoso.com|Sender: noreply@contoso.com|Sender: support@contoso.com",
                "From: noreply@contoso.com, \"",
                "From: noreply@contoso.com <",
                "From: <noreply@contoso.com> support@contoso.com",
                "From: <noreply@contoso.com> (desk) <support@contoso.com>",
                "From: noreply@contoso.com|Sender: \"a\" <noreply@contoso.com> \"support@contoso.com\"",
                "From: Team: noreply@contoso.com, support@contoso.com;",
                "From: noreply@contoso.com|X-Note: a\nFrom: support@contoso.com",
                "From: noreply@contoso.com|X-Note: a\r\n\r\nFrom: support@contoso.com",
                "From: noreply@contoso.com|X-Note: a\rFrom: support@contoso.com",
                "From: noreply@contoso.com|From support@contoso.com",
                "From: noreply@contoso.com|Sender: noreply@contoso.com, support@contoso.com",
                "From: \0noreply@contoso.com",
            })
    void aHeaderThatDoesNotSayClearlyWhoseItIsIsRefusedThoughItIsReadLeniently(String fields) throws Exception {
        managed.setMailProperties("mail.mime.address.strict=false");
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = message(session.mailSession(), subject);
            for (String field : List.of(fields.split("\\|", -1))) {
                message.addHeaderLine(field);
            }
            Throwable failure = catchThrowable(() -> session.send(message));
            assertThat(failure).isInstanceOf(SendFailedException.class);
            assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.MESSAGE_INCOMPLETE);
        }
        assertThat(box.state().smtp().connections()).isZero();
        assertThat(received(ORDERS, subject)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sender", "Resent-From", "Resent-Sender", "rESENT-fROM"})
    void whoeverIsNamedAsSenderHasToBeAllowed(String field) throws Exception {
        for (String policy : new String[] {"fixed", "sender"}) {
            managed.setSenderPolicy(policy);
            String subject = subject();
            try (OutlookMailSession session = factory().getConnection()) {
                MimeMessage message = filled(new MimeMessage(session.mailSession()), subject);
                message.addHeader(field, "archive@contoso.com");
                message.addHeader(field.equals("Sender") ? "X-Other" : field, SUPPORT);
                if (field.equals("Sender")) {
                    message.setHeader(field, SUPPORT);
                }
                assertNotAllowed(catchThrowable(() -> session.send(message)), subject);
            }
        }
        assertThat(box.state().smtp().connections()).isZero();
    }

    @Test
    void anInternationalRecipientOfATransactionIsTheSameAtItsCommit() throws Exception {
        managed.setAllowedMailboxes("");
        managed.setMailProperties("mail.mime.allowutf8=true");
        managed.setTransaction("local");
        server.transactional = true;
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = message(session.mailSession(), subject + " für łob");
            InternetAddress recipient = new InternetAddress();
            recipient.setAddress("łob@münchen.de");
            message.setRecipient(Message.RecipientType.TO, recipient);
            message.setHeader("Subject", subject + " für łob");
            session.send(message);
            // Whatever becomes of the application's objects until then.
            recipient.setAddress("orders@contoso.com> NOTIFY=NEVER");
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(ORDERS));
        }
        server.transactions.get(0).commit();
        OutboundMessage sent = outside(subject);
        assertThat(sent.envelope())
                .containsExactly(
                        "MAIL FROM:<" + NOREPLY + "> SMTPUTF8 BODY=8BITMIME", "RCPT TO:<łob@xn--mnchen-3ya.de>");
        assertThat(new String(sent.bytes(), StandardCharsets.UTF_8))
                .contains("To: łob@münchen.de\r\n", "Subject: " + subject + " für łob\r\n");
        assertThat(received(ORDERS, subject)).isZero();
    }

    @Test
    void aTransactionRefusesAtOnceWhatItsServerCannotBeTold() throws Exception {
        managed.setTransaction("local");
        server.transactional = true;
        box.faults(new FaultPlan().withoutExtensions("SMTPUTF8"));
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = message(session.mailSession(), subject());
            InternetAddress recipient = new InternetAddress();
            recipient.setAddress("łob@example.com");
            message.setRecipient(Message.RecipientType.TO, recipient);
            assertThat(diagnosisOf(() -> session.send(message)).code())
                    .isEqualTo(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE);
        }
        server.transactions.get(0).commit();
        assertThat(box.state().smtp().messages()).isZero();
    }

    private OutboundMessage outside(String subject) {
        List<OutboundMessage> found = box.outbound().stream()
                .filter(message -> message.mime().contains(subject))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** A class loader that has its own copy of Angus Mail, as an application's is. */
    private static Object ownSmtpMessage(Session session) throws Exception {
        URL jar = SMTPMessage.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader own = new URLClassLoader(new URL[] {jar}, SenderAsItLeavesTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith("org.eclipse.angus.mail.smtp.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        };
        Class<?> type = own.loadClass(SMTPMessage.class.getName());
        assertThat(type).isNotEqualTo(SMTPMessage.class);
        return type.getConstructor(Session.class).newInstance(session);
    }

    private static void set(Object message, String setter, Class<?> type, Object value) throws Exception {
        message.getClass().getMethod(setter, type).invoke(message, value);
    }

    private static MimeMessage smtpMessage(Session session, String subject, Map<String, Object> set) throws Exception {
        MimeMessage message = filled((MimeMessage) ownSmtpMessage(session), subject);
        message.setRecipients(Message.RecipientType.TO, "bob@example.com, eve@example.com");
        for (Map.Entry<String, Object> each : set.entrySet()) {
            Object value = each.getValue();
            set(message, each.getKey(), value instanceof Integer ? int.class : value.getClass(), value);
        }
        return message;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSmtpMessageOfTheApplicationsOwnAngusMailIsHonoured(boolean transactional) throws Exception {
        managed.setTransaction("local");
        server.transactional = transactional;
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            session.send(smtpMessage(
                    session.mailSession(),
                    subject,
                    Map.of(
                            "setEnvelopeFrom",
                            "<" + NOREPLY + ">",
                            "setNotifyOptions",
                            SMTPMessage.NOTIFY_FAILURE | SMTPMessage.NOTIFY_DELAY,
                            "setReturnOption",
                            SMTPMessage.RETURN_HDRS,
                            "setSubmitter",
                            "clerk@contoso.com",
                            "setMailExtension",
                            "ENVID=QQ314159")));
        }
        if (transactional) {
            server.transactions.get(0).commit();
        }
        assertThat(outside(subject).envelope())
                .containsExactly(
                        "MAIL FROM:<" + NOREPLY + "> RET=HDRS AUTH=clerk@contoso.com ENVID=QQ314159",
                        "RCPT TO:<bob@example.com> NOTIFY=FAILURE,DELAY",
                        "RCPT TO:<eve@example.com> NOTIFY=FAILURE,DELAY");
    }

    @Test
    void anAnonymousSmtpMessageIsAskedByItsOwnGetters() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            SMTPMessage message = new SMTPMessage(session.mailSession()) {
                @Override
                public String getEnvelopeFrom() {
                    return "<>";
                }
            };
            filled(message, subject).setRecipients(Message.RecipientType.TO, "bob@example.com");
            session.send(message);
        }
        assertThat(outside(subject).envelope().get(0)).isEqualTo("MAIL FROM:<>");
    }

    @Test
    void parametersWithoutEndAreRefusedByTheServerAndNotByTheStack() throws Exception {
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = smtpMessage(
                    session.mailSession(), subject(), Map.of("setMailExtension", "X=1 ".repeat(20_000) + "X=1"));
            assertThat(catchThrowable(() -> session.send(message))).isInstanceOf(SendFailedException.class);
        }
    }

    @Test
    void itsNullSenderIsTheEnvelopesAndItsHeaderStaysAsItIs() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            session.send(smtpMessage(session.mailSession(), subject, Map.of("setEnvelopeFrom", "<>")));
        }
        assertThat(outside(subject).envelope().get(0)).isEqualTo("MAIL FROM:<>");
    }

    @Test
    void itsEnvelopeFromIsAsNarrowlyAllowedAsAFrom() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = smtpMessage(session.mailSession(), subject, Map.of("setEnvelopeFrom", SUPPORT));
            assertThat(diagnosisOf(() -> session.send(message)).code()).isEqualTo(DiagnosisCode.SENDER_NOT_ALLOWED);
        }
        assertThat(box.state().smtp().connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "setEnvelopeFrom, noreply@contoso.com> AUTH=<",
        "setEnvelopeFrom, noreply@contoso.com SIZE=1",
        "setMailExtension, SMTPUTF8",
        "setMailExtension, body=BINARYMIME",
        "setMailExtension, X=1  Y=2",
        "setMailExtension, 'X=1\r\nRCPT TO:<orders@contoso.com>'",
        "setMailExtension, AUTH=<>",
        "setSubmitter, clerk",
        "setSubmitter, łob@contoso.com"
    })
    void whatItSetsIsCheckedAsAnyOtherInput(String setter, String value) throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = smtpMessage(session.mailSession(), subject, Map.of(setter, value));
            Throwable failure = catchThrowable(() -> session.send(message));
            assertThat(failure).isInstanceOf(SendFailedException.class);
            assertThat(Diagnosis.of(failure)).isPresent();
        }
        assertThat(box.state().smtp().connections()).isZero();
    }

    @Test
    void itsWishToSendToSomeOfThemIsNotGranted() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = filled((MimeMessage) ownSmtpMessage(session.mailSession()), subject);
            set(message, "setSendPartial", boolean.class, true);
            message.addRecipients(Message.RecipientType.CC, "nobody@contoso.com");
            assertThat(diagnosisOf(() -> session.send(message)).code()).isEqualTo(DiagnosisCode.RECIPIENT_REFUSED);
        }
        assertThat(received(ORDERS, subject)).isZero();
    }

    @Test
    void everyTransportFailsWithTheTypeThatItsCallersExpect() throws Exception {
        try (OutlookMailSession session = factory().getConnection();
                Transport transport = session.mailSession().getTransport()) {
            transport.connect();
            MimeMessage message = message(session.mailSession(), subject());
            message.saveChanges();
            InternetAddress none = new InternetAddress();
            none.setAddress("orders@contoso.com> NOTIFY=NEVER");
            for (Address[] recipients : new Address[][] {null, {}, {none}}) {
                assertThat(catchThrowable(() -> transport.sendMessage(message, recipients)))
                        .isInstanceOfSatisfying(SendFailedException.class, failure -> {
                            assertThat(failure.getInvalidAddresses())
                                    .hasSize(recipients == null ? 0 : recipients.length);
                            assertThat(failure.getValidUnsentAddresses()).isEmpty();
                            assertThat(failure.getValidSentAddresses()).isEmpty();
                        });
            }
        }
        assertThat(box.state().smtp().messages()).isZero();
    }
}
