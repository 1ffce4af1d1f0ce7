package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.LocalTransaction;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.MemoryOutbound.Fault;
import org.outlookmail.connector.MemoryOutbound.PostOffice;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.mail.DeliveryFailure.Connection;
import org.outlookmail.testkit.TestBox;

/**
 * Where another protocol would stand: from what an application looks up to the receipt, with its failures, over a way out that
 * has nothing of SMTP. No class of SMTP is touched for it.
 */
@Tag("unit")
@ExtendWith(TestBox.class)
class AnotherWayOutTest {

    private final PostOffice office = new PostOffice();
    private Server server;
    private MailManagedConnectionFactory managed;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
        server.adapter.runtime().outbound(office);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(office.connections).as("all have said goodbye").isZero();
        assertThat(TestBox.box().state().smtp().connections()).as("of SMTP").isZero();
    }

    private OutlookMailSessionFactory factory() {
        return (OutlookMailSessionFactory) managed.createConnectionFactory(server);
    }

    private DiagnosisCode refusal() throws Exception {
        try (OutlookMailSession session = factory().getConnection()) {
            return diagnosisOf(() -> session.send(message(session.mailSession(), subject())))
                    .code();
        }
    }

    private void send() throws Exception {
        try (OutlookMailSession session = factory().getConnection()) {
            session.send(message(session.mailSession(), subject()));
        }
    }

    private void fault(DiagnosisCode code, Connection connection, boolean afresh, Duration retryAfter) {
        office.faults.add(new Fault(code, connection, afresh, retryAfter));
    }

    @Test
    void aMessageArrivesFromTheFactoryAndFromThePlainSession() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            session.send(message(session.mailSession(), subject));
            Session plain = session.mailSession();
            MimeMessage message = message(plain, subject);
            message.addRecipient(MimeMessage.RecipientType.BCC, new InternetAddress("hidden@contoso.com"));
            Transport.send(message);
        }

        assertThat(office.letters).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.mailbox()).isEqualTo(NOREPLY);
            assertThat(letter.recipients()).contains(ORDERS);
            assertThat(letter.text())
                    .contains("From: " + NOREPLY)
                    .contains("Subject: " + subject)
                    .doesNotContain("hidden");
        });
        assertThat(office.letters.get(1).recipients()).contains("hidden@contoso.com");
        assertThat(office.logins).isBetween(1, 2);
    }

    @Test
    void whatIsThrottledGoesAfterThePauseThatTheServerAsksFor() throws Exception {
        fault(DiagnosisCode.MAIL_THROTTLED, Connection.INTACT, false, Duration.ofMillis(50));
        send();
        assertThat(office.letters).hasSize(1);

        fault(DiagnosisCode.MAIL_THROTTLED, Connection.INTACT, false, Duration.ofMinutes(9));
        assertThat(refusal()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        assertThat(refusal()).as("before any try").isEqualTo(DiagnosisCode.MAIL_PAUSED);
        assertThat(office.letters).hasSize(1);
    }

    @Test
    void whatMayGoAfreshGoesAfreshOnce() throws Exception {
        fault(DiagnosisCode.CONNECTION_LOST, Connection.BROKEN, true, null);
        send();
        assertThat(office.letters).hasSize(1);
        assertThat(office.logins).isEqualTo(2);

        fault(DiagnosisCode.CONNECTION_LOST, Connection.BROKEN, true, null);
        fault(DiagnosisCode.CONNECTION_LOST, Connection.BROKEN, true, null);
        assertThat(refusal()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        assertThat(server.events).endsWith(ConnectionEvent.CONNECTION_ERROR_OCCURRED);
    }

    @Test
    void whatMayHaveArrivedIsSaidAndNotSentAgain() throws Exception {
        fault(DiagnosisCode.OUTCOME_UNKNOWN, Connection.BROKEN, false, null);

        assertThat(refusal()).isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertThat(office.letters).hasSize(1);
        assertThat(server.events).endsWith(ConnectionEvent.CONNECTION_ERROR_OCCURRED);
    }

    @Test
    void aRefusedMessageLeavesTheConnectionForTheNext() throws Exception {
        fault(DiagnosisCode.RECIPIENT_REFUSED, Connection.INTACT, false, null);
        assertThat(refusal()).isEqualTo(DiagnosisCode.RECIPIENT_REFUSED);
        send();

        assertThat(office.letters).hasSize(1);
        assertThat(office.logins).isEqualTo(1);
    }

    @Test
    void anAddressThatItDoesNotTakeIsRefusedBeforeItIsTold() throws Exception {
        office.international = false;
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = message(session.mailSession(), subject());
            message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress("b\u00f6b@contoso.com"));
            assertThat(diagnosisOf(() -> session.send(message)).code())
                    .isEqualTo(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE);
        }
        assertThat(office.letters).isEmpty();
    }

    @Test
    void aTransactionSendsAtItsCommitAndNeverAtItsRollback() throws Exception {
        managed.setTransaction("local");
        server.transactional = true;
        send();
        assertThat(office.letters).isEmpty();
        LocalTransaction first = server.transactions.get(0);
        first.commit();
        assertThat(office.letters).hasSize(1);

        send();
        server.transactions.get(1).rollback();
        assertThat(office.letters).hasSize(1);
    }

    @Test
    void aSenderOfItsOwnHasItsOwnWayOut() throws Exception {
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes("@contoso.com");
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = message(session.mailSession(), subject());
            message.setFrom(new InternetAddress(TestBox.SUPPORT));
            session.send(message);
            session.send(message(session.mailSession(), subject()));
        }

        assertThat(office.letters).extracting(MemoryOutbound.Letter::mailbox).containsExactly(TestBox.SUPPORT, NOREPLY);
    }

    @Test
    void aTestOfTheConnectionReallyIsOne() throws Exception {
        try (OutlookMailSession session = factory().getConnection()) {
            assertThat(session.getMetaData().getEISProductName()).isEqualTo("A post office in memory");
        }
        assertThat(office.logins).isEqualTo(1);
    }
}
