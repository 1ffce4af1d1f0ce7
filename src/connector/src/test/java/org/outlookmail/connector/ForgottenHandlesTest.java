package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import com.contoso.Forgetful;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ResourceAllocationException;
import java.util.Set;
import java.util.logging.Level;
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

/** Code that closes twice, never, or too late is survived, and told where it opened what it forgot. Row K1. */
@Tag("unit")
@ExtendWith(TestBox.class)
class ForgottenHandlesTest {

    private final Sandbox box = TestBox.box();
    private final CapturedLog warnings = CapturedLog.of(EventLog.class);
    private Server server;
    private MailManagedConnectionFactory managed;
    private OutlookMailSessionFactory factory;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
        factory = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
        session = factory.mailSession();
    }

    @AfterEach
    void stop() {
        server.close();
        warnings.close();
    }

    /** As a server does at the end of a transaction or of a request. */
    private void theServerTakesItBack() {
        MailManagedConnection connection = server.all.get(server.all.size() - 1);
        connection.cleanup();
        server.free.add(connection);
    }

    @Test
    void aForgottenSessionIsToldOnceWithThePlaceThatOpenedIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            OutlookMailSession forgotten = Forgetful.session(factory);
            theServerTakesItBack();
            assertThat(diagnosisOf(() -> forgotten.openFolder("INBOX", Folder.READ_ONLY))
                            .code())
                    .isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        }
        assertThat(warnings.lines(Level.WARNING)).hasSize(1);
        assertThat(warnings.lines(Level.WARNING).get(0))
                .contains("OMC-3102")
                .contains("com.contoso.Forgetful.session(Forgetful.java:");
        assertThat(server.all).as("the connection served all three").hasSize(1);
    }

    @Test
    void aStoreThatIsKeptOverATransactionGoesOnWithAnotherConnection() throws Exception {
        Store kept = Forgetful.store(session);
        for (int transaction = 0; transaction < 3; transaction++) {
            Folder inbox = kept.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            theServerTakesItBack();
            assertThat(inbox.isOpen()).isFalse();
            assertThat(kept.isConnected()).isTrue();
        }
        kept.close();
        kept.close();
        assertThat(kept.isConnected()).isFalse();
        assertThat(warnings.lines(Level.WARNING))
                .anyMatch(line -> line.contains("com.contoso.Forgetful.store(Forgetful.java:"));
        assertThat(server.all).hasSize(1);
    }

    @Test
    void aTransportThatIsKeptOverATransactionGoesOnToo() throws Exception {
        Transport kept = session.getTransport();
        kept.connect();
        String subject = subject();
        for (int transaction = 0; transaction < 2; transaction++) {
            kept.sendMessage(message(session, subject), InternetAddresses.of(ORDERS));
            theServerTakesItBack();
        }
        kept.close();
        assertThat(received(ORDERS, subject)).isEqualTo(2);
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
    }

    @Test
    void aTransportWhoseConnectionFailedMayBeConnectedAgain() throws Exception {
        Transport transport = session.getTransport();
        transport.connect();
        box.faults(new FaultPlan().smtp("DATA", "drop", "", 2));
        assertThat(diagnosisOf(() -> transport.sendMessage(message(session, subject()), InternetAddresses.of(ORDERS)))
                        .code())
                .isEqualTo(DiagnosisCode.CONNECTION_LOST);
        assertThat(transport.isConnected()).isFalse();
        transport.connect();
        String subject = subject();
        transport.sendMessage(message(session, subject), InternetAddresses.of(ORDERS));
        transport.close();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void whatIsClosedInTimeIsNotTold() throws Exception {
        try (OutlookMailSession closed = factory.getConnection()) {
            closed.send(message(closed.mailSession(), subject()));
        }
        theServerTakesItBack();
        assertThat(warnings.lines(Level.WARNING)).isEmpty();
    }

    @Test
    void anExhaustedPoolNamesThePlacesThatHoldItsConnections() throws Exception {
        OutlookMailSession held = Forgetful.session(factory);
        ConnectionManager exhausted = (wanted, info) -> {
            throw new ResourceAllocationException("J2CA0045E: Connection not available");
        };
        OutlookMailSessionFactory starving = (OutlookMailSessionFactory) managed.createConnectionFactory(exhausted);

        Diagnosis diagnosis = diagnosisOf(starving::getConnection);
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.POOL_EXHAUSTED);
        assertThat(diagnosis.details())
                .containsEntry("openHandles", "1")
                .containsEntry("server", "J2CA0045E: Connection not available");
        assertThat(diagnosis.details().get("openedAt")).contains("com.contoso.Forgetful.session(Forgetful.java:");
        held.close();
        assertThatThrownBy(starving::getConnection)
                .as("nobody holds one: the server's own words are all there is to say")
                .isInstanceOf(ResourceAllocationException.class)
                .hasMessageContaining("J2CA0045E");
    }

    @Test
    void aPoolThatTheServerShutsDownIsNotExhausted() throws Exception {
        OutlookMailSession held = Forgetful.session(factory);
        ConnectionManager ending = (wanted, info) -> {
            throw new ResourceAllocationException("Pool requests blocked, connection pool is being shut down.");
        };
        OutlookMailSessionFactory late = (OutlookMailSessionFactory) managed.createConnectionFactory(ending);
        assertThatThrownBy(late::getConnection).isInstanceOf(ResourceAllocationException.class);
        held.close();
    }

    @Test
    void aDeadConnectionIsFoundByTheServersValidation() throws Exception {
        try (OutlookMailSession first = factory.getConnection()) {
            first.send(message(first.mailSession(), subject()));
        }
        MailManagedConnection pooled = server.all.get(0);
        MailManagedConnection fresh = (MailManagedConnection) managed.createManagedConnection(null, null);
        Set<?> none = managed.getInvalidConnections(Set.of(pooled, fresh));
        assertThat(none.isEmpty()).isTrue();

        box.faults(new FaultPlan().dropConnections("smtp"));
        Set<?> dead = managed.getInvalidConnections(Set.of(pooled, fresh));
        assertThat(dead.equals(Set.of(pooled))).isTrue();
        fresh.destroy();
    }
}
