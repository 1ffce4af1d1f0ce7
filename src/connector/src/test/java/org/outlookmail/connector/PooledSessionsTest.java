package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.security.PasswordCredential;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.OutlookMailConnectionSpec;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.handle.ConnectionSource;
import org.outlookmail.connector.handle.MailboxRequest;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.connector.pool.SessionManagedConnectionFactory;
import org.outlookmail.connector.session.PooledSessions;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** How often a Jakarta Mail session is made, and who shares one. */
@Tag("unit")
@ExtendWith(TestBox.class)
class PooledSessionsTest {

    private final Sandbox box = TestBox.box();
    private Server server;
    private MailManagedConnectionFactory managed;
    private OutlookMailSessionFactory factory;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
        managed.setAllowedMailboxes("@contoso.com");
        factory = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Session sessionOf(String mailbox) throws Exception {
        try (OutlookMailSession borrowed = factory.getConnection(new OutlookMailConnectionSpec(mailbox))) {
            return borrowed.mailSession();
        }
    }

    /** As an application whose classes that loader has loaded. */
    private static <T> T in(ClassLoader application, Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    @Test
    void aSessionIsMadeOnceForAFactoryAndMailbox() throws Exception {
        Session own = factory.mailSession();
        for (int mail = 0; mail < 3; mail++) {
            try (OutlookMailSession borrowed = factory.getConnection()) {
                assertThat(borrowed.mailSession()).isSameAs(own);
            }
        }
        assertThat(sessionOf(ORDERS)).isSameAs(sessionOf("Orders@Contoso.com")).isNotSameAs(own);
    }

    /** Some servers make a connection factory at each look-up. */
    @Test
    void aFactoryThatIsLookedUpAgainGivesTheSameSession() throws Exception {
        OutlookMailSessionFactory again = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
        assertThat(again.mailSession()).isSameAs(factory.mailSession());
        SessionManagedConnectionFactory plain = server.configured(new SessionManagedConnectionFactory());
        assertThat(plain.createConnectionFactory(server)).isSameAs(plain.createConnectionFactory(server));
    }

    @Test
    void anotherPoolOrAnotherFactoryHasASessionOfItsOwn() throws Exception {
        ConnectionManager shared = (wanted, info) -> server.allocateConnection(wanted, info);
        assertThat(((OutlookMailSessionFactory) managed.createConnectionFactory(shared)).mailSession())
                .isNotSameAs(factory.mailSession());
        MailManagedConnectionFactory other = server.configured(new MailManagedConnectionFactory());
        assertThat(((OutlookMailSessionFactory) other.createConnectionFactory(server)).mailSession())
                .isNotSameAs(factory.mailSession());
    }

    @Test
    void whatAnApplicationChangesInItsSessionNoOtherApplicationSees() throws Exception {
        ClassLoader one = new URLClassLoader(new URL[0]);
        ClassLoader other = new URLClassLoader(new URL[0]);
        Session changed = in(one, factory::mailSession);
        changed.setDebug(true);
        changed.getProperties().setProperty("mail.from", "somebody@contoso.com");
        assertThat(in(one, factory::mailSession)).isSameAs(changed);
        Session others = in(other, factory::mailSession);
        assertThat(others.getDebug()).isFalse();
        assertThat(InternetAddress.getLocalAddress(others).getAddress()).isEqualTo(NOREPLY);
    }

    @Test
    void noApplicationIsKeptAlive() throws Exception {
        WeakReference<ClassLoader> gone = new WeakReference<>(new URLClassLoader(new URL[0]));
        Session kept = in(gone.get(), factory::mailSession);
        await().until(() -> {
            System.gc();
            return gone.refersTo(null);
        });
        assertThat(kept.getProperty("mail.from")).isEqualTo(NOREPLY);
    }

    @Test
    void anApplicationCannotPointASessionToAnotherMailbox() throws Exception {
        Session orders = sessionOf(ORDERS);
        Session own = factory.mailSession();
        own.getProperties().putAll(orders.getProperties());
        own.getProperties().setProperty("mail.from", NOREPLY);
        orders.getProperties().clear();

        String subject = subject();
        Transport.send(message(own, subject));
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(box.state().smtp().peakConnections(NOREPLY)).isEqualTo(1);
        assertThat(box.state().smtp().peakConnections(ORDERS)).isZero();
    }

    @Test
    void ofManyMailboxesTheLeastRecentlyUsedIsForgotten() throws Exception {
        ConnectionSource source = new ConnectionSource(managed, server);
        PooledSessions sessions = new PooledSessions();
        Session eldest = of(sessions, source, 0);
        Session next = of(sessions, source, 1);
        for (int mailbox = 2; mailbox < PooledSessions.MOST; mailbox++) {
            of(sessions, source, mailbox);
        }
        assertThat(of(sessions, source, 0)).as("used again").isSameAs(eldest);
        of(sessions, source, PooledSessions.MOST);
        assertThat(of(sessions, source, 0)).isSameAs(eldest);
        assertThat(of(sessions, source, 1)).isNotSameAs(next);
    }

    private static Session of(PooledSessions sessions, ConnectionSource source, int number) {
        String mailbox = "mailbox" + number + "@contoso.com";
        return sessions.of(source, new MailboxRequest(mailbox), mailbox);
    }

    /** The administrator's user, who is not the factory's mailbox. */
    @Test
    void theSessionOfAContainerManagedMailboxWritesAsThatMailbox() throws Exception {
        server.subject = new Subject();
        server.subject.getPrivateCredentials().add(new PasswordCredential(ORDERS, "not used".toCharArray()));
        try (OutlookMailSession borrowed = factory.getConnection()) {
            assertThat(borrowed.mailbox()).isEqualTo(ORDERS);
            assertThat(InternetAddress.getLocalAddress(borrowed.mailSession()).getAddress())
                    .isEqualTo(ORDERS);
        }
    }

    @Test
    void anAdapterThatTakesTheFactoryOverMakesNewSessions() throws Exception {
        Session before = factory.mailSession();
        managed.setResourceAdapter(server.adapter);
        assertThat(factory.mailSession()).isNotSameAs(before);
    }
}
