package org.outlookmail.connector;

import static jakarta.resource.spi.ConnectionEvent.CONNECTION_CLOSED;
import static jakarta.resource.spi.ConnectionEvent.CONNECTION_ERROR_OCCURRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.handle.BorrowedSession;
import org.outlookmail.connector.handle.MailSessionHandle;
import org.outlookmail.connector.pool.MailManagedConnection;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** The contract between a pooled connection, its handles and the server's pool. */
@Tag("unit")
@ExtendWith(TestBox.class)
class MailManagedConnectionTest {

    private final Sandbox box = TestBox.box();
    private Server server;
    private MailManagedConnectionFactory managed;
    private OutlookMailSessionFactory factory;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
        factory = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void send(OutlookMailSession session) throws Exception {
        session.send(message(session.mailSession(), subject()));
    }

    private MailManagedConnection pooled() {
        assertThat(server.all).hasSize(1);
        return server.all.get(0);
    }

    @Test
    void creatingAConnectionCostsNoNetwork() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            assertThat(session.mailbox()).isEqualTo(TestBox.NOREPLY);
            assertThat(session.mailSession()).isNotNull();
        }
        assertThat(box.state().entra().tokenRequests()).isZero();
        assertThat(box.state().smtp().connections()).isZero();
        assertThat(box.state().imap().connections()).isZero();
    }

    @Test
    void aHandleIsClosedExactlyOnce() throws Exception {
        OutlookMailSession session = factory.getConnection();
        session.close();
        session.close();
        assertThat(server.events).containsExactly(CONNECTION_CLOSED);
    }

    /** What TomEE gives for a handle: of a class derived from its, with nothing in it but where its public methods lead to. */
    private static final class StandIn extends MailSessionHandle {
        private final MailSessionHandle real;

        StandIn(MailManagedConnection connection, MailSessionHandle real) {
            super(connection);
            this.real = real;
        }

        @Override
        public MailSessionHandle self() {
            return real;
        }
    }

    @Test
    void aServerMayGiveAStandInForTheHandle() throws Exception {
        OutlookMailSessionFactory standingIn =
                (OutlookMailSessionFactory) managed.createConnectionFactory((ConnectionManager) (wanted, request) -> {
                    MailSessionHandle real = (MailSessionHandle) server.allocateConnection(wanted, request);
                    return new StandIn(pooled(), real);
                });
        OutlookMailSession session = standingIn.getConnection();
        send(session);
        session.close();
        assertThat(server.events).containsExactly(CONNECTION_CLOSED);
        assertThat(server.free()).isEqualTo(1);
    }

    @Test
    void aClosedHandleDoesNothingMore() throws Exception {
        OutlookMailSession session = factory.getConnection();
        session.close();
        assertThat(diagnosisOf(session::mailSession).code()).isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        assertThat(diagnosisOf(() -> session.openFolder("INBOX", Folder.READ_ONLY))
                        .code())
                .isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        assertThat(diagnosisOf(() -> session.send(message(null, subject()))).code())
                .isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        assertThat(diagnosisOf(session::getMetaData).code()).isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        assertThat(session.mailbox()).isEqualTo(TestBox.NOREPLY);
        assertThat(box.state().smtp().connections()).isZero();
    }

    @Test
    void theLoginStaysForTheNextBorrower() throws Exception {
        for (int borrower = 0; borrower < 3; borrower++) {
            try (OutlookMailSession session = factory.getConnection()) {
                send(session);
                session.openFolder("INBOX", Folder.READ_ONLY).close();
            }
        }
        assertThat(server.all).hasSize(1);
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
        assertThat(box.state().imap().authentications()).isEqualTo(1);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void aHandleOfTheLastBorrowerCannotDisturbTheNextOne() throws Exception {
        OutlookMailSession old = factory.getConnection();
        old.close();
        try (OutlookMailSession next = factory.getConnection()) {
            assertThat(pooled()).isNotNull();
            old.close();
            assertThat(diagnosisOf(() -> send(old)).code()).isEqualTo(DiagnosisCode.HANDLE_CLOSED);
            send(next);
            assertThat(server.free).isEmpty();
        }
        assertThat(server.events).containsExactly(CONNECTION_CLOSED, CONNECTION_CLOSED);
    }

    @Test
    void cleaningUpInvalidatesTheHandlesAndClosesTheirFoldersWithoutTellingTheServer() throws Exception {
        OutlookMailSession session = factory.getConnection();
        Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY);
        pooled().cleanup();
        assertThat(inbox.isOpen()).isFalse();
        assertThat(diagnosisOf(() -> send(session)).code()).isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        session.close();
        assertThat(server.events).isEmpty();
        assertThat(box.state().imap().open()).isEqualTo(1);
    }

    @Test
    void aFatalFailureIsToldOnceAndNoCloseAfterIt() throws Exception {
        OutlookMailSession session = factory.getConnection();
        OutlookMailSession sharing = (OutlookMailSession) pooled().getConnection(null, null);
        box.faults(new FaultPlan().smtp("MAIL", "drop", "", -1));
        assertThat(diagnosisOf(() -> send(session)).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        assertThat(server.events).containsExactly(CONNECTION_ERROR_OCCURRED);
        long connections = box.state().smtp().connections();
        Diagnosis after = diagnosisOf(() -> session.openFolder("INBOX", Folder.READ_ONLY));
        assertThat(after.code()).isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        assertThat(after.summary()).contains("OMC-2104");
        assertThat(diagnosisOf(() -> sharing.openFolder("INBOX", Folder.READ_ONLY))
                        .code())
                .isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        session.close();
        sharing.close();
        assertThat(server.events).containsExactly(CONNECTION_ERROR_OCCURRED);
        assertThat(box.state().smtp().connections())
                .as("a destroyed connection logs in no more")
                .isEqualTo(connections);
        box.reset();
        try (OutlookMailSession next = factory.getConnection()) {
            send(next);
        }
        assertThat(server.all).hasSize(2);
    }

    @Test
    void aRefusedMessageIsNotFatal() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            box.faults(new FaultPlan().smtp("DOT", "reply", "554 5.2.2 mailbox full", 1));
            assertThat(diagnosisOf(() -> send(session)).code()).isEqualTo(DiagnosisCode.MAILBOX_FULL);
            send(session);
        }
        assertThat(server.events).containsExactly(CONNECTION_CLOSED);
    }

    @Test
    void aFailureOfTheServersOwnListenerDoesNotHideTheFailure() throws Exception {
        OutlookMailSession session = factory.getConnection();
        pooled().addConnectionEventListener(new SilentListener() {
            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                throw new UnsupportedOperationException("the pool is broken");
            }
        });
        box.faults(new FaultPlan().smtp("MAIL", "drop", "", 1));
        Throwable failure = catchThrowable(() -> send(session));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.CONNECTION_LOST);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void aListenerThatWasRemovedIsToldNothing() throws Exception {
        OutlookMailSession session = factory.getConnection();
        SilentListener removed = new SilentListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                throw new AssertionError("told all the same");
            }
        };
        pooled().addConnectionEventListener(removed);
        pooled().removeConnectionEventListener(removed);
        session.close();
        assertThat(server.events).containsExactly(CONNECTION_CLOSED);
    }

    @Test
    void destroyingClosesTheSockets() throws Exception {
        long smtpBefore = box.state().smtp().open();
        long imapBefore = box.state().imap().open();
        OutlookMailSession session = factory.getConnection();
        send(session);
        session.openFolder("INBOX", Folder.READ_ONLY);
        pooled().destroy();
        await().untilAsserted(() -> {
            assertThat(box.state().smtp().open()).isLessThanOrEqualTo(smtpBefore);
            assertThat(box.state().imap().open()).isLessThanOrEqualTo(imapBefore);
        });
        assertThat(diagnosisOf(() -> send(session)).code()).isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        assertThat(diagnosisOf(() -> pooled().getConnection(null, null)).code())
                .isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
    }

    @Test
    void aHandleThatIsAssociatedWorksOnItsNewConnectionAndIsClosedThere() throws Exception {
        OutlookMailSession session = factory.getConnection();
        MailManagedConnection first = pooled();
        factory.getConnection();
        MailManagedConnection second = server.all.get(1);
        second.associateConnection(((BorrowedSession) session).handle());
        first.destroy();
        send(session);
        session.close();
        assertThat(server.events).containsExactly(CONNECTION_CLOSED);
        assertThat(server.free).containsExactly(second);
    }

    @Test
    void aHandleThatTheServerInvalidatedMayBeAssociatedAgain() throws Exception {
        OutlookMailSession session = factory.getConnection();
        pooled().cleanup();
        pooled().associateConnection(((BorrowedSession) session).handle());
        send(session);
        session.close();
        assertThat(server.events).containsExactly(CONNECTION_CLOSED);
    }

    @Test
    void aHandleThatTheApplicationClosedIsNotRevived() throws Exception {
        OutlookMailSession session = factory.getConnection();
        session.close();
        assertThat(diagnosisOf(() -> pooled().associateConnection(((BorrowedSession) session).handle()))
                        .code())
                .isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        assertThat(diagnosisOf(() -> send(session)).code()).isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        assertThatExceptionOfType(ResourceException.class)
                .isThrownBy(() -> pooled().associateConnection("no handle"))
                .withMessageContaining("no handle");
    }

    @Test
    void aConnectionIsMatchedByItsFactoryAlone() throws Exception {
        factory.getConnection().close();
        MailManagedConnectionFactory same = server.configured(new MailManagedConnectionFactory());
        MailManagedConnectionFactory other = server.configured(new MailManagedConnectionFactory());
        other.setMailbox(TestBox.ORDERS);
        MailManagedConnectionFactory rotated = server.configured(new MailManagedConnectionFactory());
        rotated.setClientSecret("another secret");
        Set<Object> candidates = Set.of(pooled(), "of another adapter");
        assertThat(same.matchManagedConnections(candidates, null, null)).isSameAs(pooled());
        assertThat(other.matchManagedConnections(candidates, null, null)).isNull();
        assertThat(rotated.matchManagedConnections(candidates, null, null)).isNull();
        assertThat(same.matchManagedConnections(Set.of(), null, null)).isNull();
    }

    @Test
    void askingForTheProductLogsInSoThatATestOfTheConnectionIsOne() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            assertThat(session.getMetaData().getUserName()).isEqualTo(TestBox.NOREPLY);
            assertThat(box.state().smtp().connections()).isZero();
            assertThat(session.getMetaData().getEISProductName()).contains("Microsoft ESMTP MAIL Service");
            assertThat(pooled().getMetaData().getEISProductName()).contains("Microsoft ESMTP MAIL Service");
            assertThat(box.state().smtp().authentications()).isEqualTo(1);
        }
    }

    @Test
    void aLoginThatIsRefusedFailsTheTestOfTheConnectionWithItsCode() throws Exception {
        box.faults(new FaultPlan().smtpAuthDisabled(TestBox.NOREPLY));
        try (OutlookMailSession session = factory.getConnection()) {
            assertThatExceptionOfType(ResourceException.class)
                    .isThrownBy(() -> session.getMetaData().getEISProductName())
                    .satisfies(failure -> assertThat(failure.getErrorCode()).isEqualTo("OMC-2202"));
        }
    }

    @Test
    void thereAreNoDistributedTransactions() throws Exception {
        try (OutlookMailSession session = factory.getConnection()) {
            assertThatExceptionOfType(NotSupportedException.class).isThrownBy(() -> pooled().getXAResource());
            assertThatExceptionOfType(NotSupportedException.class).isThrownBy(session::getLocalTransaction);
            assertThatExceptionOfType(NotSupportedException.class).isThrownBy(session::createInteraction);
            assertThatExceptionOfType(NotSupportedException.class).isThrownBy(session::getResultSetInfo);
        }
    }

    private static class SilentListener implements ConnectionEventListener {

        @Override
        public void connectionClosed(ConnectionEvent event) {}

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {}

        @Override
        public void localTransactionStarted(ConnectionEvent event) {}

        @Override
        public void localTransactionCommitted(ConnectionEvent event) {}

        @Override
        public void localTransactionRolledback(ConnectionEvent event) {}
    }
}
