package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.connector.pool.SessionManagedConnectionFactory;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What is read over the pool: by the plain session, and by a session of the factory. */
@Tag("unit")
@ExtendWith(TestBox.class)
class PooledReadingTest {

    private final Sandbox box = TestBox.box();
    private final String subject = TestBox.subject();
    private Server server;
    private Session plain;
    private OutlookMailSessionFactory factory;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        SessionManagedConnectionFactory sessions = server.configured(new SessionManagedConnectionFactory());
        sessions.setMailProperties("mail.alternates=support@contoso.com");
        plain = (Session) sessions.createConnectionFactory(server);
        factory = (OutlookMailSessionFactory)
                server.configured(new MailManagedConnectionFactory()).createConnectionFactory(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void arrived(String alsoTo) throws Exception {
        MimeMessage message = Messages.message(plain, subject);
        message.setRecipients(Message.RecipientType.TO, NOREPLY + "," + alsoTo);
        message.setReplyTo(InternetAddress.parse(ORDERS));
        Transport.send(message);
    }

    private Message found(Folder inbox) throws Exception {
        for (Message message : inbox.getMessages()) {
            if (subject.equals(message.getSubject())) {
                return message;
            }
        }
        throw new AssertionError(subject + " is not in " + Arrays.toString(inbox.getMessages()));
    }

    @Test
    void aReplyToAMessageOfTheFactorysSessionIsSentByTheStaticMethodAndDoesNotComeBack() throws Exception {
        arrived(ORDERS);
        try (OutlookMailSession session = factory.getConnection();
                Folder inbox = session.openFolder("INBOX", Folder.READ_WRITE)) {
            Message message = found(inbox);
            assertThat(message.getSession()).isSameAs(session.mailSession());
            assertThat(message.getFolder()).isSameAs(inbox);
            Message reply = message.reply(true);
            reply.setFrom();
            reply.setText("Thanks");
            assertThat(reply.getFrom()).containsExactly(InternetAddress.parse(NOREPLY));
            assertThat(reply.getAllRecipients()).containsExactly(InternetAddress.parse(ORDERS));
            Transport.send(reply);
        }
        assertThat(received(ORDERS, "Re: " + subject)).isEqualTo(1);
        assertThat(received(NOREPLY, "Re: " + subject)).isZero();
    }

    @Test
    void theAlternatesOfMailPropertiesAreKnownToReplies() throws Exception {
        arrived("support@contoso.com");
        try (Store store = plain.getStore()) {
            store.connect();
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                assertThat(found(inbox).getSession()).isSameAs(plain);
                assertThat(found(inbox).reply(true).getAllRecipients()).containsExactly(InternetAddress.parse(ORDERS));
            }
        }
    }

    @Test
    void aReplyToAnAddressOfTheMailboxWithAPlusDoesNotComeBack() throws Exception {
        MimeMessage message = Messages.message(plain, subject);
        message.setRecipients(Message.RecipientType.TO, "NoReply+ticket42@contoso.com, noreply.other@contoso.com");
        message.setReplyTo(InternetAddress.parse(ORDERS));
        box.deliver(NOREPLY, message);
        try (OutlookMailSession session = factory.getConnection();
                Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY)) {
            assertThat(found(inbox).reply(true).getAllRecipients())
                    .containsExactly(InternetAddress.parse(ORDERS + ",noreply.other@contoso.com"));
        }
    }

    @Test
    void aStoreThatIsClosedWhileItBorrowsAgainKeepsNothing() throws Exception {
        List<Store> closed = new ArrayList<>();
        ConnectionManager busy = (factory, request) -> {
            Object handle = server.allocateConnection(factory, request);
            for (Store store : closed) {
                try {
                    store.close(); // As another thread would.
                } catch (MessagingException failure) {
                    throw new ResourceException(failure);
                }
            }
            return handle;
        };
        Session session = (Session)
                server.configured(new SessionManagedConnectionFactory()).createConnectionFactory(busy);
        Store store = session.getStore();
        store.connect();
        Folder inbox = store.getFolder("INBOX");
        server.all.get(0).cleanup(); // The end of a transaction.
        closed.add(store);
        assertThatIllegalStateException().isThrownBy(inbox::exists);
        assertThat(server.free()).isEqualTo(1);
    }

    @Test
    void aMessageIsMovedBySessionsThatAreBorrowed() throws Exception {
        arrived(NOREPLY);
        try (OutlookMailSession session = factory.getConnection();
                Folder inbox = session.openFolder("INBOX", Folder.READ_WRITE)) {
            Folder target = inbox.getStore().getFolder("Sent Items");
            long before = box.messages(NOREPLY, "Sent Items").size();
            session.move(new Message[] {found(inbox)}, target);
            assertThat(box.messages(NOREPLY, "Sent Items")).hasSize((int) before + 1);
            assertThat(received(NOREPLY, subject)).isZero();
        }
    }

    @Test
    void theUrlOfAStoreAndOfATransportIsThatOfTheMailbox() throws Exception {
        try (Store store = plain.getStore();
                Transport transport = plain.getTransport()) {
            for (boolean connected : new boolean[] {false, true}) {
                if (connected) {
                    store.connect();
                    transport.connect("somebody", "a password");
                }
                assertThat(store.getURLName())
                        .isEqualTo(new URLName("imaps", "localhost", box.imapsPort(), null, NOREPLY, null));
                assertThat(transport.getURLName())
                        .isEqualTo(new URLName("smtp", "localhost", box.smtpPort(), null, NOREPLY, null));
            }
            assertThat(store.getFolder("INBOX").getURLName().getUsername()).isEqualTo(NOREPLY);
            assertThat(store.getFolder("INBOX").getURLName().getFile()).isEqualTo("INBOX");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "expire"})
    void aStoreThatIsHeldIsPolledOn(String trouble) throws Exception {
        try (Store store = plain.getStore()) {
            store.connect();
            Folder inbox = store.getFolder("INBOX");
            for (int poll = 0; poll < 3; poll++) {
                inbox.open(Folder.READ_ONLY);
                assertThat(inbox.getMessageCount()).isNotNegative();
                assertThat(inbox.getStore()).isSameAs(store);
                inbox.close(false);
                if (poll == 0) {
                    FaultPlan plan = new FaultPlan().dropConnections("imap");
                    box.faults(trouble.equals("drop") ? plan : plan.expireTokens());
                }
            }
            assertThat(store.isConnected()).isTrue();
        }
    }

    /** Whoever only reads need not care that the pool has got another connection. */
    @Test
    void aStoreWhoseConnectionHasFailedBorrowsAnother() throws Exception {
        try (Store store = plain.getStore()) {
            store.connect();
            Folder inbox = store.getFolder("INBOX");
            box.faults(new FaultPlan().imap("LIST", "drop", "", 2));
            assertThat(diagnosisOf(inbox::exists).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
            assertThat(store.isConnected()).isFalse();
            assertThat(inbox.exists()).isTrue();
            assertThat(store.isConnected()).isTrue();
            assertThat(server.all).hasSize(2);
        }
    }
}
