package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import com.contoso.Forgetful;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.resource.cci.LocalTransaction;
import jakarta.resource.spi.ConnectionManager;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.adapter.ServerWork;
import org.outlookmail.connector.handle.ForgottenHandles;
import org.outlookmail.connector.handle.OpenHandles;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.management.EventLog;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.TestBox;

/** What an application has borrowed and can reach no longer, where the server does not take it back by itself. Row K1. */
@Tag("unit")
@ExtendWith(TestBox.class)
class UnreachableSessionsTest {

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

    /** All that was unreachable before has been found so, and what the adapter does about it has been done. */
    private void collect() {
        WeakReference<Object> any = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return any.refersTo(null);
        });
        server.adapter.runtime().forgotten().tick();
    }

    private void awaitTakenBack(int connections) {
        await().untilAsserted(() -> {
            collect();
            assertThat(server.free()).isEqualTo(connections);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "transport", "store"})
    void whatNobodyCanReachGoesBackToThePoolAndIsToldWithThePlaceThatOpenedIt(String what) throws Exception {
        for (int call = 0; call < 3; call++) {
            switch (what) {
                case "session" -> Forgetful.session(factory);
                case "transport" -> Forgetful.transport(session);
                default -> Forgetful.store(session);
            }
            awaitTakenBack(1);
        }
        assertThat(server.all).as("one connection served all three").hasSize(1);
        assertThat(warnings.lines(Level.WARNING)).hasSize(1);
        assertThat(warnings.lines(Level.WARNING).get(0))
                .contains("OMC-3102")
                .contains("com.contoso.Forgetful." + what + "(");
    }

    @Test
    void whatTheApplicationStillHoldsIsLeftToIt() throws Exception {
        OutlookMailSession heldSession = Forgetful.session(factory);
        Transport heldTransport = Forgetful.transport(session);
        Store heldStore = Forgetful.store(session);
        for (int i = 0; i < 3; i++) {
            collect();
        }
        assertThat(server.free()).isZero();
        String subject = subject();
        heldSession.send(message(session, subject));
        heldTransport.sendMessage(message(session, subject), InternetAddresses.of(ORDERS));
        assertThat(received(ORDERS, subject)).isEqualTo(2);
        assertThat(heldStore.getFolder("INBOX").exists()).isTrue();
        heldSession.close();
        heldTransport.close();
        heldStore.close();
        assertThat(warnings.lines(Level.WARNING)).isEmpty();
    }

    @Test
    void aFolderAloneKeepsTheSessionThatOpenedIt() throws Exception {
        Folder inbox = Forgetful.session(factory).openFolder("INBOX", Folder.READ_ONLY);
        for (int i = 0; i < 3; i++) {
            collect();
        }
        assertThat(inbox.isOpen()).isTrue();
        assertThat(server.free()).isZero();
        inbox.close();
    }

    @Test
    void aFolderAloneKeepsThePlainStoreThatItCameFrom() throws Exception {
        Folder inbox = Forgetful.store(session).getFolder("INBOX");
        for (int i = 0; i < 3; i++) {
            collect();
        }
        assertThat(server.free()).isZero();
        inbox.open(Folder.READ_ONLY);
        for (int i = 0; i < 3; i++) {
            collect();
        }
        assertThat(inbox.isOpen()).isTrue();
        inbox.close();
    }

    @Test
    void aMessageAloneKeepsTheSessionThatReadIt() throws Exception {
        String subject = subject();
        Transport.send(message(session, subject));
        Message sent = newest(factory.getConnection());
        for (int i = 0; i < 3; i++) {
            collect();
        }
        assertThat(sent.getSubject()).isEqualTo(subject);
        assertThat(sent.getFolder().isOpen()).isTrue();
    }

    private static Message newest(OutlookMailSession reading) throws Exception {
        Folder folder = reading.openFolder("Sent Items", Folder.READ_ONLY);
        return folder.getMessage(folder.getMessageCount());
    }

    @Test
    void aFolderThatWasClosedKeepsNothing() throws Exception {
        Forgetful.session(factory).openFolder("INBOX", Folder.READ_ONLY).close();
        awaitTakenBack(1);
    }

    @Test
    void inATransactionItIsTheServersToTakeItBack() throws Exception {
        MailManagedConnectionFactory local = server.configured(new MailManagedConnectionFactory());
        local.setTransaction("local");
        server.transactional = true;
        String subject = subject();
        OutlookMailSessionFactory transactional = (OutlookMailSessionFactory) local.createConnectionFactory(server);
        Forgetful.session(transactional).send(message(session, subject));
        for (int i = 0; i < 3; i++) {
            collect();
        }
        assertThat(server.events).as("not closed before the end").isEmpty();

        LocalTransaction transaction = Forgetful.session(transactional).getLocalTransaction();
        server.transactions.get(0).commit();
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        await().untilAsserted(() -> {
            collect();
            assertThat(server.events).as("the first one, after the end").hasSize(1);
        });
        server.transactions.get(1).rollback(); // The second's own; inside it an application begins none.
        transaction.begin();
        transaction.rollback();
    }

    /** The pool is empty, and no collection shows by itself that nobody holds its connections any more. */
    @Test
    void whoWaitsForWhatOthersDoNotUseHasTheGarbageCollectedOnceAMinute() throws Exception {
        AtomicInteger collections = new AtomicInteger();
        AtomicLong seconds = new AtomicLong();
        OpenHandles handles = server.adapter.runtime().handles();
        ForgottenHandles forgotten = new ForgottenHandles(
                handles, Runnable::run, collections::incrementAndGet, () -> TimeUnit.SECONDS.toNanos(seconds.get()));
        List<OutlookMailSession> held = new ArrayList<>(List.of(Forgetful.session(factory)));
        await().until(() -> handles.hasUnused(managed, ForgottenHandles.UNUSED_NANOS));

        tick(forgotten, seconds, 10);
        assertThat(collections).as("nobody waits").hasValue(0);
        Object borrower = forgotten.waiting(managed);
        tick(forgotten, seconds, 1);
        assertThat(collections).as("not for long").hasValue(0);
        tick(forgotten, seconds, 2);
        assertThat(collections).hasValue(1);
        tick(forgotten, seconds, 30);
        assertThat(collections).as("asked a moment ago").hasValue(1);
        tick(forgotten, seconds, 31);
        assertThat(collections).hasValue(2);
        forgotten.served(borrower);
        tick(forgotten, seconds, 61);
        assertThat(collections).hasValue(2);

        forgotten.waiting(managed);
        held.remove(0).close();
        tick(forgotten, seconds, 61);
        assertThat(collections).as("nobody keeps one").hasValue(2);
    }

    private static void tick(ForgottenHandles forgotten, AtomicLong clock, int seconds) {
        clock.addAndGet(seconds);
        forgotten.tick();
    }

    @Test
    void aCallThatWaitsForAForgottenConnectionIsServed() throws Exception {
        Forgetful.session(factory);
        CountDownLatch empty = new CountDownLatch(1);
        ConnectionManager poolOfOne = (wanted, info) -> {
            empty.countDown();
            await().atMost(Duration.ofSeconds(25)).until(() -> server.free() == 1);
            return server.allocateConnection(wanted, info);
        };
        OutlookMailSessionFactory waiting = (OutlookMailSessionFactory) managed.createConnectionFactory(poolOfOne);
        CompletableFuture<OutlookMailSession> served = new CompletableFuture<>();
        server.getWorkManager().scheduleWork(new ServerWork(() -> {
            try {
                served.complete(waiting.getConnection());
            } catch (Exception failure) {
                served.completeExceptionally(failure);
            }
        }));
        empty.await();
        served.get(30, TimeUnit.SECONDS).close();
        assertThat(server.all).hasSize(1);
    }
}
