package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import java.util.List;
import java.util.logging.Level;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnection;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.management.EventLog;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.TestBox;

/** Messages leave when the transaction commits, as they were when they were handed over, and never when it rolls back. */
@Tag("unit")
@ExtendWith(TestBox.class)
class OutgoingTransactionTest {

    private final Sandbox box = TestBox.box();
    private Server server;
    private MailManagedConnectionFactory managed;
    private OutlookMailSessionFactory factory;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
        managed.setTransaction("local");
        factory = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
        server.transactional = true;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String send() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory.getConnection()) {
            session.send(message(session.mailSession(), subject));
        }
        return subject;
    }

    private LocalTransaction transaction() {
        return server.transactions.get(server.transactions.size() - 1);
    }

    @Test
    void aMessageLeavesAtTheCommit() throws Exception {
        String subject = send();
        assertThat(received(ORDERS, subject)).isZero();
        transaction().commit();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        transaction().commit();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void aMessageNeverLeavesAfterARollback() throws Exception {
        String subject = send();
        transaction().rollback();
        transaction().commit();
        assertThat(received(ORDERS, subject)).isZero();
    }

    @Test
    void aMessageLeavesAsItWasWhenItWasHandedOver() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory.getConnection()) {
            MimeMessage message = message(session.mailSession(), subject);
            session.send(message);
            message.setSubject("changed afterwards");
            message.setRecipient(Message.RecipientType.TO, new InternetAddress("archive@contoso.com"));
            message.saveChanges();
        }
        transaction().commit();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(received("archive@contoso.com", "changed afterwards")).isZero();
    }

    @Test
    void whatCanBeCheckedIsCheckedAtOnce() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            MimeMessage nobody = message(session.mailSession(), subject());
            nobody.setRecipients(Message.RecipientType.TO, (String) null);
            assertThat(diagnosisOf(() -> session.send(nobody)).code()).isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);

            MimeMessage mistyped = message(session.mailSession(), subject());
            mistyped.setHeader("To", "somebody@@contoso..com");
            assertThat(diagnosisOf(() -> session.send(mistyped)).code()).isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);

            box.faults(new FaultPlan().smtpAuthDisabled(TestBox.NOREPLY));
            MimeMessage good = message(session.mailSession(), subject());
            assertThat(diagnosisOf(() -> session.send(good)).code()).isEqualTo(DiagnosisCode.SMTP_AUTH_DISABLED);
        }
        transaction().commit();
        assertThat(box.state().smtp().messages()).isZero();
    }

    @Test
    void aFailureAtTheCommitTellsWhatHasLeftAndWhatHasNot() throws Exception {
        String[] subjects = {subject(), subject(), subject()};
        try (OutlookMailSession session = factory.getConnection()) {
            for (String subject : subjects) {
                session.send(message(session.mailSession(), subject));
            }
        }
        box.faults(new FaultPlan().smtp("RCPT", "reply", "550 5.1.10 Recipient not found", 1));
        ResourceException first = catchThrowableOfType(
                ResourceException.class, () -> transaction().commit());
        Diagnosis diagnosis = Diagnosis.of(first).orElseThrow();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.COMMIT_FAILED);
        assertThat(diagnosis.details()).containsEntry("sent", "none").containsEntry("reason", "OMC-2302");
        assertThat(diagnosis.details().get("notTried").split(", ")).hasSize(2);
        assertThat(box.state().smtp().messages()).isZero();
        transaction().commit();
        assertThat(box.state().smtp().messages()).as("nothing is left behind").isZero();
    }

    @Test
    void theSecondMessageOfACommitFailsAndTheFirstIsNamedAsSent() throws Exception {
        String sent;
        try (OutlookMailSession session = factory.getConnection()) {
            MimeMessage message = message(session.mailSession(), subject());
            session.send(message);
            sent = message.getMessageID();
            MimeMessage toNobody = message(session.mailSession(), subject());
            toNobody.setRecipient(Message.RecipientType.TO, new InternetAddress("nobody@contoso.com"));
            session.send(toNobody);
        }
        Diagnosis diagnosis = diagnosisOf(() -> transaction().commit());
        assertThat(diagnosis.details()).containsEntry("sent", sent).containsEntry("notTried", "none");
        assertThat(box.state().smtp().messages()).isEqualTo(1);
    }

    @Test
    void whatIsLeftWhenTheServerTakesTheConnectionBackIsNotSentWithTheNextTransaction() throws Exception {
        String subject = send();
        MailManagedConnection connection = server.all.get(0);
        connection.cleanup();
        connection.getLocalTransaction().begin();
        connection.getLocalTransaction().commit();
        assertThat(received(ORDERS, subject)).isZero();
    }

    /** As Open Liberty does when it restarts the adapter. */
    @Test
    void aTransactionWhoseConnectionTheServerDestroysCannotCommitAsIfItsMessagesHadLeft() throws Exception {
        String subject = send();
        server.all.get(0).destroy();
        assertThat(diagnosisOf(() -> transaction().commit()).code()).isEqualTo(DiagnosisCode.TRANSACTION_ABANDONED);
        assertThat(received(ORDERS, subject)).isZero();
        String next = send();
        transaction().commit();
        assertThat(received(ORDERS, next)).isEqualTo(1);
    }

    @Test
    void aTransactionWithoutMessagesCommitsWhateverBecameOfItsConnection() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            session.openFolder("INBOX", Folder.READ_ONLY).close();
        }
        server.all.get(0).destroy();
        transaction().commit();
        assertThat(box.state().smtp().connections()).isZero();
    }

    @Test
    void whatNobodyCommitsIsDroppedAndTold() throws Exception {
        server.transactional = false;
        String dropped;
        try (CapturedLog warnings = CapturedLog.of(EventLog.class)) {
            try (OutlookMailSession session = factory.getConnection()) {
                session.getLocalTransaction().begin();
                MimeMessage message = message(session.mailSession(), subject());
                session.send(message);
                dropped = message.getMessageID();
            }
            assertThat(warnings.lines(Level.WARNING)).hasSize(1);
            assertThat(warnings.lines(Level.WARNING).get(0))
                    .contains("OMC-3302")
                    .contains(dropped);
        }
        assertThat(box.state().smtp().messages()).isZero();
    }

    @Test
    void aLoginThatBreaksBeforeTheCommitDoesNotTakeTheMessageWithIt() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory.getConnection()) {
            session.send(message(session.mailSession(), subject));
            box.faults(new FaultPlan().imap("AUTH", "drop", "", -1));
            assertThat(diagnosisOf(() -> session.openFolder("INBOX", Folder.READ_ONLY))
                            .code())
                    .isEqualTo(DiagnosisCode.CONNECTION_LOST);
        }
        assertThat(server.events).containsExactly(ConnectionEvent.CONNECTION_CLOSED);
        transaction().commit();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void plainJakartaMailWaitsForTheCommitToo() throws Exception {
        String subject = subject();
        Transport.send(message(factory.mailSession(), subject));
        assertThat(received(ORDERS, subject)).isZero();
        transaction().commit();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void anApplicationMayBeginAndEndATransactionByItself() throws Exception {
        server.transactional = false;
        String kept = subject();
        String dropped = subject();
        try (OutlookMailSession session = factory.getConnection()) {
            session.getLocalTransaction().begin();
            session.send(message(session.mailSession(), dropped));
            session.getLocalTransaction().rollback();
            session.getLocalTransaction().begin();
            session.send(message(session.mailSession(), kept));
            assertThat(received(ORDERS, kept)).isZero();
            session.getLocalTransaction().commit();
            assertThat(received(ORDERS, kept)).isEqualTo(1);
            assertThat(received(ORDERS, dropped)).isZero();
        }
        assertThat(server.events)
                .containsExactly(
                        ConnectionEvent.LOCAL_TRANSACTION_STARTED,
                        ConnectionEvent.LOCAL_TRANSACTION_ROLLEDBACK,
                        ConnectionEvent.LOCAL_TRANSACTION_STARTED,
                        ConnectionEvent.LOCAL_TRANSACTION_COMMITTED,
                        ConnectionEvent.CONNECTION_CLOSED);
    }

    /** The connection is the next borrower's by then. */
    @Test
    void aTransactionThatIsKeptAfterItsSessionWasClosedReachesNobodyElses() throws Exception {
        server.transactional = false;
        jakarta.resource.cci.LocalTransaction kept;
        try (OutlookMailSession session = factory.getConnection()) {
            kept = session.getLocalTransaction();
            kept.begin();
            kept.rollback();
        }
        server.events.clear();
        String subject = subject();
        try (OutlookMailSession next = factory.getConnection()) {
            next.getLocalTransaction().begin();
            next.send(message(next.mailSession(), subject));
            for (Ending late : List.<Ending>of(kept::begin, kept::commit, kept::rollback)) {
                assertThat(diagnosisOf(late::run).code()).isEqualTo(DiagnosisCode.HANDLE_CLOSED);
            }
            assertThat(received(ORDERS, subject)).isZero();
            next.getLocalTransaction().commit();
        }
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(server.all).hasSize(1);
        assertThat(server.events)
                .containsExactly(
                        ConnectionEvent.LOCAL_TRANSACTION_STARTED,
                        ConnectionEvent.LOCAL_TRANSACTION_COMMITTED,
                        ConnectionEvent.CONNECTION_CLOSED);
    }

    private interface Ending {
        void run() throws ResourceException;
    }

    @Test
    void insideTheServersTransactionAnApplicationBeginsAndEndsNoneAndNothingIsDropped() throws Exception {
        String subject = subject();
        try (OutlookMailSession session = factory.getConnection()) {
            session.send(message(session.mailSession(), subject));
            jakarta.resource.cci.LocalTransaction own = session.getLocalTransaction();
            for (Ending disorder : List.<Ending>of(own::begin, own::commit, own::rollback)) {
                assertThat(diagnosisOf(disorder::run).code()).isEqualTo(DiagnosisCode.TRANSACTION_ORDER);
            }
        }
        assertThat(received(ORDERS, subject)).isZero();
        transaction().commit();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(server.events).containsExactly(ConnectionEvent.CONNECTION_CLOSED);
    }

    @Test
    void aTransactionIsBegunOnceAndEndedOnce() throws Exception {
        server.transactional = false;
        String subject = subject();
        try (OutlookMailSession session = factory.getConnection()) {
            jakarta.resource.cci.LocalTransaction own = session.getLocalTransaction();
            assertThat(diagnosisOf(own::commit).code()).isEqualTo(DiagnosisCode.TRANSACTION_ORDER);
            own.begin();
            session.send(message(session.mailSession(), subject));
            assertThat(diagnosisOf(own::begin).code()).isEqualTo(DiagnosisCode.TRANSACTION_ORDER);
            own.commit();
            assertThat(diagnosisOf(own::rollback).code()).isEqualTo(DiagnosisCode.TRANSACTION_ORDER);
        }
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void aServerThatBeginsOneBeforeTheLastHasEndedDropsNothing() throws Exception {
        String subject = send();
        assertThat(diagnosisOf(() -> transaction().begin()).code()).isEqualTo(DiagnosisCode.TRANSACTION_ORDER);
        transaction().commit();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void aCommitThatFailsIsToldToTheServerAsARollback() throws Exception {
        server.transactional = false;
        try (OutlookMailSession session = factory.getConnection()) {
            session.getLocalTransaction().begin();
            session.send(message(session.mailSession(), subject()));
            box.faults(new FaultPlan().smtp("RCPT", "reply", "550 5.1.10 Recipient not found", 1));
            assertThat(diagnosisOf(() -> session.getLocalTransaction().commit()).code())
                    .isEqualTo(DiagnosisCode.COMMIT_FAILED);
        }
        assertThat(server.events)
                .containsExactly(
                        ConnectionEvent.LOCAL_TRANSACTION_STARTED,
                        ConnectionEvent.LOCAL_TRANSACTION_ROLLEDBACK,
                        ConnectionEvent.CONNECTION_CLOSED);
    }

    @Test
    void outsideOfATransactionAMessageLeavesAtOnce() throws Exception {
        server.transactional = false;
        assertThat(received(ORDERS, send())).isEqualTo(1);
    }

    @Test
    void withoutTheirPropertyThereAreNoTransactions() throws Exception {
        MailManagedConnectionFactory none = server.configured(new MailManagedConnectionFactory());
        assertThat(none.getTransactionSupport()).isEqualTo(TransactionSupportLevel.NoTransaction);
        assertThat(managed.getTransactionSupport()).isEqualTo(TransactionSupportLevel.LocalTransaction);
        factory = (OutlookMailSessionFactory) none.createConnectionFactory(server);
        try (OutlookMailSession session = factory.getConnection()) {
            Assertions.assertThatExceptionOfType(NotSupportedException.class).isThrownBy(session::getLocalTransaction);
        }
        assertThat(received(ORDERS, send()))
                .as("a server that begins one all the same changes nothing")
                .isEqualTo(1);
    }

    /** As any other way to the wire does: the server must not lend such a connection again. */
    @Test
    void aConnectionThatBreaksAtTheCommitIsToldToThePool() throws Exception {
        send();
        box.faults(new FaultPlan().smtp("DOT", "drop", "", 1));
        Diagnosis diagnosis = diagnosisOf(() -> transaction().commit());

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.COMMIT_FAILED);
        assertThat(diagnosis.details()).containsEntry("reason", DiagnosisCode.OUTCOME_UNKNOWN.code());
        assertThat(server.events).endsWith(ConnectionEvent.CONNECTION_ERROR_OCCURRED);
    }
}
