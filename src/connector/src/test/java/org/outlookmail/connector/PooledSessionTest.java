package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Service;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.ConnectionManager;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.connector.pool.SessionManagedConnectionFactory;
import org.outlookmail.connector.session.PooledStore;
import org.outlookmail.connector.session.PooledTransport;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** Code that knows Jakarta Mail alone, over the pool. */
@Tag("unit")
@ExtendWith(TestBox.class)
class PooledSessionTest {

    private final Sandbox box = TestBox.box();
    private final String subject = TestBox.subject();
    private Server server;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        session = (Session)
                server.configured(new SessionManagedConnectionFactory()).createConnectionFactory(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Address[] to(String address) throws Exception {
        return InternetAddress.parse(address);
    }

    @Test
    void aFolderThatMayNotBeOpenedSaysWhyAlsoToPlainJakartaMail() throws Exception {
        box.faults(new FaultPlan().imap("SELECT", "reply", "BAD User is authenticated but not connected.", 1));
        try (Store store = session.getStore()) {
            store.connect();
            Folder inbox = store.getFolder("INBOX");
            Diagnosis diagnosis = diagnosisOf(() -> inbox.open(Folder.READ_WRITE));
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAILBOX_NOT_PERMITTED);
            assertThat(diagnosis.cure()).contains("Add-MailboxPermission -Identity " + TestBox.NOREPLY);
            inbox.open(Folder.READ_ONLY);
        }
    }

    @Test
    void aMessageIsSentByTheStaticMethodAndTheConnectionGivenBack() throws Exception {
        Transport.send(message(session, subject));
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(server.free).hasSize(1);
        Transport.send(message(session, TestBox.subject()));
        assertThat(server.all).hasSize(1);
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
    }

    /** Jakarta Mail looks them up to compare URLs; behind a proxy there may be nobody to tell them. */
    @Test
    void connectingLooksUpNoAddressAndKeepsNoPassword() throws Exception {
        Transport.send(message(session, subject));
        try (Store store = session.getStore();
                Transport transport = session.getTransport()) {
            store.connect();
            assertThat(session.getPasswordAuthentication(transport.getURLName()))
                    .isNull();
            assertThat(session.getPasswordAuthentication(store.getURLName())).isNull();
            assertThatIllegalStateException().isThrownBy(store::connect);
        }
    }

    @Test
    void theMailboxIsTheSenderOfAMessageThatAsksForTheSessionsUser() throws Exception {
        MimeMessage message = message(session, subject);
        message.setFrom();
        Transport.send(message);
        assertThat(message.getFrom()).containsExactly(to(NOREPLY));
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "smtps"})
    void userAndPasswordGivenToConnectAreIgnored(String protocol) throws Exception {
        try (Transport transport = session.getTransport(protocol)) {
            transport.connect("mail.elsewhere.invalid", 25, "somebody", "a password");
            assertThat(transport.isConnected()).isTrue();
            assertThat(box.state().smtp().authentications()).isEqualTo(1);
            MimeMessage message = message(session, subject);
            message.saveChanges();
            transport.sendMessage(message, to(ORDERS));
        }
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps"})
    void theStoreIsReadAndItsOpenFoldersAreClosedWithIt(String protocol) throws Exception {
        Transport.send(message(session, subject));
        Store store = session.getStore(protocol);
        store.connect("somebody", "a password");
        Folder inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);
        Folder sent = store.getDefaultFolder().getFolder("Sent Items");
        sent.open(Folder.READ_ONLY);
        Folder byUrl = store.getFolder(new URLName("imaps://localhost/INBOX"));
        assertThat(byUrl.exists()).isTrue();
        assertThat(sent.getMessageCount()).isPositive();
        store.close();
        assertThat(inbox.isOpen()).isFalse();
        assertThat(sent.isOpen()).isFalse();
        assertThat(server.free).hasSize(1);
    }

    @Test
    void transportAndStoreAreTheDefaultsOfTheSession() throws Exception {
        assertThat(session.getTransport()).isInstanceOf(PooledTransport.class);
        assertThat(session.getTransport(new InternetAddress(ORDERS))).isInstanceOf(PooledTransport.class);
        assertThat(session.getStore()).isInstanceOf(PooledStore.class);
    }

    @Test
    void closingTwiceIsHarmlessAndToldOnce() throws Exception {
        for (Service service : List.of(session.getTransport(), session.getStore())) {
            List<String> told = new CopyOnWriteArrayList<>();
            service.addConnectionListener(new ConnectionAdapter() {
                @Override
                public void opened(ConnectionEvent event) {
                    told.add("opened");
                }

                @Override
                public void closed(ConnectionEvent event) {
                    told.add("closed");
                }
            });
            service.close();
            service.connect();
            // Jakarta Mail loses events of a queue that is ended before its thread has begun.
            await().untilAsserted(() -> assertThat(told).containsExactly("opened"));
            service.close();
            service.close();
            assertThat(service.isConnected()).isFalse();
            await().untilAsserted(() -> assertThat(told).containsExactly("opened", "closed"));
        }
        assertThat(server.events).hasSize(2);
        assertThat(server.free).hasSize(1);
    }

    @Test
    void aServiceCanBeConnectedAgain() throws Exception {
        Transport transport = session.getTransport();
        transport.connect();
        assertThatIllegalStateException().isThrownBy(transport::connect);
        transport.close();
        transport.connect();
        MimeMessage message = message(session, subject);
        message.saveChanges();
        transport.sendMessage(message, to(ORDERS));
        transport.close();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void aServiceThatIsNotConnectedRefusesToWork() throws Exception {
        MimeMessage message = message(session, subject);
        Transport transport = session.getTransport();
        assertThatIllegalStateException().isThrownBy(() -> transport.sendMessage(message, to(ORDERS)));
        Store store = session.getStore();
        assertThatIllegalStateException().isThrownBy(() -> store.getFolder("INBOX"));
        assertThatIllegalStateException().isThrownBy(store::getDefaultFolder);
        store.connect();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> store.getFolder("INBOX"));
    }

    @Test
    void listenersHearWhatBecameOfAMessage() throws Exception {
        List<TransportEvent> heard = new CopyOnWriteArrayList<>();
        try (Transport transport = session.getTransport()) {
            transport.addTransportListener(new Recorder(heard));
            transport.connect();
            MimeMessage message = message(session, subject);
            message.saveChanges();
            transport.sendMessage(message, to(ORDERS));
            Address[] mixed = InternetAddress.parse(ORDERS + ",nobody@contoso.com");
            assertThatExceptionOfType(SendFailedException.class)
                    .isThrownBy(() -> transport.sendMessage(message, mixed));
            assertThat(diagnosisOf(() -> transport.sendMessage(message, null)).code())
                    .isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);
            await().untilAsserted(() -> assertThat(heard).hasSize(3));
        }
        assertThat(heard.get(0)).satisfies(delivered -> {
            assertThat(delivered.getType()).isEqualTo(TransportEvent.MESSAGE_DELIVERED);
            assertThat(delivered.getValidSentAddresses()).containsExactly(to(ORDERS));
        });
        assertThat(heard.get(1)).satisfies(refused -> {
            assertThat(refused.getType()).isEqualTo(TransportEvent.MESSAGE_NOT_DELIVERED);
            assertThat(refused.getInvalidAddresses()).containsExactly(to("nobody@contoso.com"));
            assertThat(refused.getValidUnsentAddresses()).containsExactly(to(ORDERS));
        });
        assertThat(heard.get(2)).satisfies(incomplete -> {
            assertThat(incomplete.getType()).isEqualTo(TransportEvent.MESSAGE_NOT_DELIVERED);
            assertThat(incomplete.getValidUnsentAddresses()).isEmpty();
        });
    }

    @Test
    void aRefusedLoginFailsAtConnectAndGivesTheConnectionBack() throws Exception {
        box.faults(new FaultPlan().smtpAuthDisabled(NOREPLY));
        Transport transport = session.getTransport();
        assertThat(diagnosisOf(transport::connect).code()).isEqualTo(DiagnosisCode.SMTP_AUTH_DISABLED);
        assertThat(transport.isConnected()).isFalse();
        assertThat(server.free).hasSize(1);
        box.reset();
        transport.connect();
        transport.close();
    }

    @Test
    void aBrokenConnectionIsDestroyedAndTheTransportIsConnectedAnew() throws Exception {
        box.faults(new FaultPlan().smtp("DELIVERED", "drop", "", 1));
        Transport transport = session.getTransport();
        transport.connect();
        MimeMessage message = message(session, subject);
        message.saveChanges();
        assertThat(diagnosisOf(() -> transport.sendMessage(message, to(ORDERS))).code())
                .isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        assertThat(diagnosisOf(() -> transport.sendMessage(message, to(ORDERS))).code())
                .isEqualTo(DiagnosisCode.HANDLE_CLOSED);
        transport.close();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(server.free).isEmpty();
        transport.connect();
        transport.close();
        assertThat(server.all).hasSize(2);
    }

    @Test
    void theSessionOfABorrowedConnectionIsPooledToo() throws Exception {
        OutlookMailSessionFactory factory = (OutlookMailSessionFactory)
                server.configured(new MailManagedConnectionFactory()).createConnectionFactory(server);
        Transport.send(message(factory.mailSession(), subject));
        try (OutlookMailSession borrowed = factory.getConnection()) {
            borrowed.send(message(borrowed.mailSession(), TestBox.subject()));
        }
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(server.all).hasSize(1);
    }

    @Test
    void whatTheServerSaysOfItsPoolIsPassedOn() throws Exception {
        ConnectionManager exhausted = (factory, info) -> {
            throw new NotSupportedException("no connection within 30 s");
        };
        Session poor = (Session)
                server.configured(new SessionManagedConnectionFactory()).createConnectionFactory(exhausted);
        assertThatExceptionOfType(MessagingException.class)
                .isThrownBy(() -> poor.getTransport().connect())
                .withMessageContaining("no connection within 30 s")
                .withCauseInstanceOf(NotSupportedException.class);
    }

    @Test
    void theProvidersWorkInNoOtherSession() {
        Session foreign = Session.getInstance(new Properties());
        assertThatExceptionOfType(MessagingException.class)
                .isThrownBy(() -> new PooledTransport(foreign, null).connect("host", "user", "password"))
                .withMessageContaining("Outlook Mail Connector");
    }

    private record Recorder(List<TransportEvent> heard) implements TransportListener {

        @Override
        public void messageDelivered(TransportEvent event) {
            heard.add(event);
        }

        @Override
        public void messageNotDelivered(TransportEvent event) {
            heard.add(event);
        }

        @Override
        public void messagePartiallyDelivered(TransportEvent event) {
            heard.add(event);
        }
    }
}
