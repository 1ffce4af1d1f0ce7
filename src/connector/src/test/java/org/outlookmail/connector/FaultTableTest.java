package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/**
 * What a caller sees of each fault, and what the recipient gets: never two copies, and never none that was reported as sent.
 * docs/sending.md shows the same table.
 */
@Tag("unit")
@ExtendWith(TestBox.class)
class FaultTableTest {

    private final Sandbox box = TestBox.box();
    private Server server;
    private MailManagedConnectionFactory managed;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
        managed.setReadTimeoutMillis(2000);
        managed.setMaxWaitMillis(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Optional<DiagnosisCode> outcome(OutlookMailSessionFactory factory, String subject) throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            session.send(message(session.mailSession(), subject));
            return Optional.empty();
        } catch (MessagingException failure) {
            return Diagnosis.of(failure).map(Diagnosis::code);
        }
    }

    private OutlookMailSessionFactory factory(boolean used) throws Exception {
        OutlookMailSessionFactory factory = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
        if (used) {
            assertThat(outcome(factory, subject())).isEmpty();
        }
        return factory;
    }

    /** {@code none} for a message that the caller is told was sent. */
    private void assertOutcome(OutlookMailSessionFactory factory, String expected, int copies) throws Exception {
        String subject = subject();
        assertThat(outcome(factory, subject).map(Enum::name).orElse("none")).isEqualTo(expected);
        assertThat(received(ORDERS, subject)).isEqualTo(copies);

        box.faults("{}");
        assertThat(outcome(factory, subject())).as("the next message goes").isEmpty();
        assertThat(received(ORDERS, subject)).as("nothing comes after").isEqualTo(copies);
    }

    @ParameterizedTest(name = "new connection: {1} at {0} is {2}")
    @CsvSource({
        "GREETING, drop, CONNECTION_LOST, 0",
        "GREETING, stall, MAIL_SERVER_TIMEOUT, 0",
        "EHLO, drop, CONNECTION_LOST, 0",
        "EHLO, stall, MAIL_SERVER_TIMEOUT, 0",
        "STARTTLS, drop, CONNECTION_LOST, 0",
        "STARTTLS, stall, MAIL_SERVER_TIMEOUT, 0",
        "AUTH, drop, CONNECTION_LOST, 0",
        "AUTH, stall, MAIL_SERVER_TIMEOUT, 0",
        "MAIL, drop, CONNECTION_LOST, 0",
        "MAIL, stall, MAIL_SERVER_TIMEOUT, 0",
        "RCPT, drop, CONNECTION_LOST, 0",
        "RCPT, stall, MAIL_SERVER_TIMEOUT, 0",
        "DATA, drop, CONNECTION_LOST, 0",
        "DATA, stall, MAIL_SERVER_TIMEOUT, 0",
        "DOT, drop, OUTCOME_UNKNOWN, 0",
        "DOT, stall, OUTCOME_UNKNOWN, 0",
        "DELIVERED, drop, OUTCOME_UNKNOWN, 1",
        "DELIVERED, stall, OUTCOME_UNKNOWN, 1",
        "QUIT, drop, none, 1",
        "QUIT, stall, none, 1"
    })
    void onANewConnection(String point, String action, String expected, int copies) throws Exception {
        managed.setMaxMessagesPerConnection(1);
        OutlookMailSessionFactory factory = factory(false);
        box.faults(new FaultPlan().smtp(point, action, "", 1));
        assertOutcome(factory, expected, copies);
    }

    @ParameterizedTest(name = "used connection: {1} at {0} is {2}")
    @CsvSource({
        "MAIL, drop, none, 1",
        "MAIL, stall, none, 1",
        "RCPT, drop, none, 1",
        "RCPT, stall, none, 1",
        "DATA, drop, none, 1",
        "DATA, stall, none, 1",
        "DOT, drop, OUTCOME_UNKNOWN, 0",
        "DOT, stall, OUTCOME_UNKNOWN, 0",
        "DELIVERED, drop, OUTCOME_UNKNOWN, 1",
        "DELIVERED, stall, OUTCOME_UNKNOWN, 1"
    })
    void onAUsedConnection(String point, String action, String expected, int copies) throws Exception {
        OutlookMailSessionFactory factory = factory(true);
        box.faults(new FaultPlan().smtp(point, action, "", 1));
        assertOutcome(factory, expected, copies);
    }

    @ParameterizedTest(name = "{1} at {0}, waiting {2} ms, is {3}")
    @CsvSource({
        "GREETING, 421 4.3.2 Service not available, 0, MAIL_THROTTLED, 0",
        "GREETING, 421 4.3.2 Service not available, 20000, none, 1",
        "MAIL, 432 4.3.2 Concurrent connections limit exceeded, 0, MAIL_THROTTLED, 0",
        "MAIL, 432 4.3.2 Concurrent connections limit exceeded, 20000, none, 1",
        "DOT, 432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded, 20000, none, 1",
        "DOT, 421 4.4.2 Connection dropped, 20000, CONNECTION_LOST, 0",
        "DOT, 421 4.4.2 Message submission rate has exceeded the limit, 20000, none, 1",
        "DELIVERED, 252 2.5.0 Will attempt delivery, 0, none, 1",
        "DELIVERED, 354 Go on, 20000, OUTCOME_UNKNOWN, 1",
        "DELIVERED, Thank you, 20000, OUTCOME_UNKNOWN, 1",
        "DATA, 250 2.0.0 OK, 20000, MAIL_FAILURE, 0",
        "RCPT, 450 4.7.1 Greylisted, 20000, RECIPIENT_REFUSED, 0",
        "DOT, 450 4.7.1 Greylisted, 20000, MESSAGE_REFUSED, 0",
        "DOT, 451 4.7.500 Server busy, 20000, none, 1",
        "RCPT, 554 5.2.252 SendAsDenied; a not allowed to send as b, 20000, SEND_AS_DENIED, 0",
        "DOT, 554 5.2.2 mailbox full, 20000, MAILBOX_FULL, 0"
    })
    void aReply(String point, String reply, int maxWaitMillis, String expected, int copies) throws Exception {
        managed.setMaxWaitMillis(maxWaitMillis);
        OutlookMailSessionFactory factory = factory(false);
        box.faults(new FaultPlan().smtp(point, "reply", reply, 1));
        String subject = subject();
        assertThat(outcome(factory, subject).map(Enum::name).orElse("none")).isEqualTo(expected);
        assertThat(received(ORDERS, subject)).isEqualTo(copies);
    }

    @Test
    void aTokenThatTheServerNoLongerTakesIsReplaced() throws Exception {
        managed.setMaxMessagesPerConnection(1);
        OutlookMailSessionFactory factory = factory(true);
        box.faults(new FaultPlan().expireTokens());
        assertOutcome(factory, "none", 1);
    }

    @Test
    void aServerThatNobodyVouchesForGetsNoMessage(@TempDir Path folder) throws Exception {
        try (Sandbox stranger = Sandbox.builder().randomPorts().start()) {
            managed.setSmtpPort(stranger.smtpPort());
            String subject = subject();
            assertThat(outcome(factory(false), subject)).contains(DiagnosisCode.MAIL_SERVER_TLS);
            assertThat(stranger.state().smtp().messages()).isZero();
        }
    }
}
