package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.NotSupportedException;
import jakarta.resource.cci.ConnectionSpec;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.Subject;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailConnectionSpec;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnection;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** As whom a message is sent, and which mailbox is opened. Rows C2, C3 and C4. */
@Tag("unit")
@ExtendWith(TestBox.class)
class SenderPolicyTest {

    private static final String SUPPORT = "support@contoso.com";

    private final Sandbox box = TestBox.box();
    private Server server;
    private MailManagedConnectionFactory managed;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OutlookMailSessionFactory factory() {
        return (OutlookMailSessionFactory) managed.createConnectionFactory(server);
    }

    private static void send(OutlookMailSession session, String from, String subject) throws Exception {
        MimeMessage message = message(session.mailSession(), subject);
        message.setFrom(new InternetAddress(from));
        session.send(message);
    }

    private Diagnosis refusalOf(String from) throws Exception {
        try (OutlookMailSession session = factory().getConnection()) {
            return diagnosisOf(() -> send(session, from, subject()));
        }
    }

    private void assertNoNetwork() {
        assertThat(box.state().smtp().connections()).isZero();
        assertThat(box.state().entra().tokenRequests()).isZero();
    }

    @Test
    void fixedSendsEveryFromWithTheRightsOfTheMailboxAndExchangeDecides() throws Exception {
        Diagnosis refused = refusalOf(SUPPORT);
        assertThat(refused.code()).isEqualTo(DiagnosisCode.SEND_AS_DENIED);
        assertThat(refused.cure())
                .contains("Add-RecipientPermission -Identity " + SUPPORT + " -Trustee "
                        + refused.details().get("token.oid"));

        box.createMailbox("sales@contoso.com", Set.of("group@contoso.com"), Set.of(box.clientId()));
        managed = server.configured(new MailManagedConnectionFactory());
        managed.setMailbox("sales@contoso.com");
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            send(session, "group@contoso.com", subject);
        }
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @Test
    void aSenderThatIsNotAllowedIsRefusedBeforeAnyNetworkTraffic() throws Exception {
        managed.setAllowedMailboxes("group@contoso.com");
        Diagnosis refused = refusalOf(SUPPORT);
        assertThat(refused.code()).isEqualTo(DiagnosisCode.SENDER_NOT_ALLOWED);
        assertThat(refused.details())
                .containsEntry("sender", SUPPORT)
                .containsEntry("allowedMailboxes", "group@contoso.com");
        assertNoNetwork();
    }

    @Test
    void senderSendsEachMessageOverAConnectionOfItsOwnFrom() throws Exception {
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes("@contoso.com");
        OutlookMailSessionFactory factory = factory();
        for (int round = 0; round < 5; round++) {
            for (String from : new String[] {NOREPLY, SUPPORT, "Archive@contoso.com"}) {
                String subject = subject();
                try (OutlookMailSession session = factory.getConnection()) {
                    send(session, from, subject);
                }
                assertThat(received(ORDERS, subject)).isEqualTo(1);
                assertThat(box.messages(from.toLowerCase(java.util.Locale.ROOT), "Sent Items"))
                        .anyMatch(sent -> sent.subject().equals(subject));
            }
        }
        assertThat(box.state().smtp().authentications())
                .as("one login a sender")
                .isEqualTo(3);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    /** A thread may be about to send when the server restarts the adapter. */
    @Test
    void noSenderGetsAConnectionAfterTheServerHasDestroyedThem() throws Exception {
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes("@contoso.com");
        MimeMessage late;
        try (OutlookMailSession session = factory().getConnection()) {
            late = message(session.mailSession(), subject());
        }
        MailManagedConnection destroyed = server.all.get(0);
        destroyed.destroy();
        for (String from : new String[] {NOREPLY, SUPPORT}) {
            late.setFrom(new InternetAddress(from));
            assertThat(diagnosisOf(() -> destroyed.send(late)).code()).isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        }
        assertNoNetwork();
    }

    @Test
    void senderRefusesADomainThatIsNotAllowed() throws Exception {
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes("@contoso.com");
        for (String from : new String[] {"x@contoso.com.evil.org", "x@evilcontoso.com", "contoso.com@evil.org"}) {
            assertThat(refusalOf(from).code()).isEqualTo(DiagnosisCode.SENDER_NOT_ALLOWED);
        }
        assertNoNetwork();
    }

    @Test
    void aFromThatIsNoAddressIsTheMessagesFault() throws Exception {
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = message(session.mailSession(), subject());
            message.setHeader("From", "a@b@c");
            assertThat(diagnosisOf(() -> session.send(message)).code()).isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);
        }
        assertNoNetwork();
    }

    @Test
    void ofSeveralAuthorsTheSenderIsTheOneWhoseConnectionIsTaken() throws Exception {
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes("@contoso.com");
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection()) {
            MimeMessage message = message(session.mailSession(), subject);
            message.addFrom(new InternetAddress[] {new InternetAddress(SUPPORT), new InternetAddress(NOREPLY)});
            message.setSender(new InternetAddress(SUPPORT));
            assertThat(diagnosisOf(() -> session.send(message)).code())
                    .as("Exchange wants SendAs for the other author")
                    .isEqualTo(DiagnosisCode.SEND_AS_DENIED);
        }
        assertThat(box.state().smtp().peakConnections(SUPPORT)).isEqualTo(1);
        assertThat(box.state().smtp().peakConnections(NOREPLY)).isZero();
    }

    @Test
    void anAllowedMailboxIsOpenedByItsSpecification() throws Exception {
        managed.setAllowedMailboxes(SUPPORT);
        OutlookMailSessionFactory factory = factory();
        String subject = subject();
        for (int i = 0; i < 2; i++) {
            try (OutlookMailSession session =
                    factory.getConnection(new OutlookMailConnectionSpec("Support@contoso.com"))) {
                assertThat(session.mailbox()).isEqualTo(SUPPORT);
                session.send(message(session.mailSession(), subject + i));
                session.openFolder("INBOX", Folder.READ_ONLY).close();
            }
        }
        factory.getConnection().close();
        assertThat(box.messages(SUPPORT, "Sent Items"))
                .anyMatch(sent -> sent.subject().equals(subject + 1));
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
        assertThat(server.all).as("one for each mailbox").hasSize(2);
    }

    @Test
    void theJakartaMailSessionOfAnotherMailboxIsOfThatMailbox() throws Exception {
        managed.setAllowedMailboxes(SUPPORT);
        String subject = subject();
        try (OutlookMailSession session = factory().getConnection(new OutlookMailConnectionSpec(SUPPORT))) {
            MimeMessage message = message(session.mailSession(), subject);
            message.setFrom();
            Transport.send(message);
        }
        assertThat(box.messages(SUPPORT, "Sent Items"))
                .anyMatch(sent -> sent.subject().equals(subject));
    }

    @Test
    void aMailboxThatIsNotAllowedIsNotOpened() throws Exception {
        assertThat(diagnosisOf(() -> factory().getConnection(new OutlookMailConnectionSpec(SUPPORT)))
                        .code())
                .isEqualTo(DiagnosisCode.MAILBOX_NOT_ALLOWED);
        Assertions.assertThatExceptionOfType(NotSupportedException.class)
                .isThrownBy(() -> factory().getConnection(new ConnectionSpec() {}));
        assertThat(server.all).isEmpty();
    }

    private Subject authenticated(String user) {
        return authenticated(user, "not used");
    }

    private Subject authenticated(String user, String password) {
        PasswordCredential credential = new PasswordCredential(user, password.toCharArray());
        credential.setManagedConnectionFactory(managed);
        return new Subject(false, Set.of(), Set.of(), Set.of(credential));
    }

    @Test
    void theUserOfContainerManagedAuthenticationIsTheMailbox() throws Exception {
        server.subject = authenticated(SUPPORT);
        for (int i = 0; i < 2; i++) {
            try (OutlookMailSession session = factory().getConnection()) {
                assertThat(session.mailbox()).isEqualTo(SUPPORT);
                session.send(message(session.mailSession(), subject()));
            }
        }
        assertThat(server.all).hasSize(1);
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
    }

    /** An administrator changes the authentication data of a server that runs. */
    @Test
    void aChangedPasswordOfTheContainerMeetsNoConnectionOfTheOldOne() throws Exception {
        managed = new MailManagedConnectionFactory();
        managed.setProvider("basic");
        managed.setMailbox(NOREPLY);
        managed.setUserPassword("configured");
        managed.setSmtpHost("localhost");
        managed.setStoreHost("localhost");
        managed.setResourceAdapter(server.adapter);
        for (String password : new String[] {"old", "old", "new", "new", "old"}) {
            server.subject = authenticated(SUPPORT, password);
            factory().getConnection().close();
        }

        assertThat(server.all).as("one for each password").hasSize(2);
    }

    @Test
    void anEmptyCredentialIsNone() throws Exception {
        server.subject = authenticated("");
        try (OutlookMailSession session = factory().getConnection()) {
            assertThat(session.mailbox()).isEqualTo(NOREPLY);
        }
    }

    @Test
    void aUserThatIsNoMailboxIsRefused() {
        server.subject = authenticated("DOMAIN\\user");
        assertThat(diagnosisOf(() -> factory().getConnection()).code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
    }

    /** As a server with a pool of eight and sixteen threads: each send takes whichever pooled connection is free. */
    @Test
    void fiftySendersShareTheirLoginsWhicheverPooledConnectionSends() throws Exception {
        int senders = 50;
        int mails = 1_000;
        for (int i = 0; i < senders; i++) {
            box.createMailbox("sender" + i + "@contoso.com", Set.of(), Set.of(box.clientId()));
        }
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes("@contoso.com");
        OutlookMailSessionFactory factory = factory();
        Semaphore pool = new Semaphore(8);
        AtomicInteger next = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            done.add(callers.submit(() -> {
                pool.acquire();
                try (OutlookMailSession session = factory.getConnection()) {
                    send(session, "sender" + next.getAndIncrement() % senders + "@contoso.com", subject());
                } finally {
                    pool.release();
                }
                return null;
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        callers.shutdown();

        assertThat(box.state().smtp().messages()).isEqualTo(mails);
        assertThat(server.all).hasSizeLessThanOrEqualTo(8);
        assertThat(box.state().smtp().authentications())
                .as("a login for each connection, about one connection for each sender")
                .isEqualTo(box.state().smtp().connections())
                .isBetween((long) senders, 2L * senders);
    }

    @Test
    void aSenderHasNoMoreConnectionsThanItsMailboxMay() throws Exception {
        managed.setSenderPolicy("sender");
        managed.setAllowedMailboxes("@contoso.com");
        managed.setMaxConnectionsPerMailbox(2);
        OutlookMailSessionFactory factory = factory();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            done.add(callers.submit(() -> {
                try (OutlookMailSession session = factory.getConnection()) {
                    send(session, SUPPORT, subject());
                }
                return null;
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        callers.shutdown();

        assertThat(box.state().smtp().peakConnections(SUPPORT)).isLessThanOrEqualTo(2);
        assertThat(box.state().smtp().authentications()).isLessThanOrEqualTo(2);
    }
}
