package org.outlookmail.mail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.accepted;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.RecordingServer;
import org.outlookmail.mail.SilentRelay;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.net.Dialer;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.BlackHole;
import org.outlookmail.testkit.Failures;
import org.outlookmail.testkit.TestBox;

/**
 * A server that falls silent: what a call may cost altogether, and an end that waits for nobody. The read timeout is far
 * above what any of these may take, so that one wait for it too many fails the test.
 */
@Tag("unit")
@Timeout(120)
@ExtendWith(TestBox.class)
class SilentServerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** A quarter of it is the least that a first reply is awaited. */
    private static final Duration READ = Duration.ofSeconds(20);

    private static final long MILLIS = READ.toMillis();

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private static MailTimeouts reading(Duration read) {
        return new MailTimeouts(Duration.ofSeconds(5), read, read);
    }

    private static long millis(Diagnosis diagnosis) {
        return Long.parseLong(diagnosis.details().get("elapsedMillis"));
    }

    @Test
    void aMessageIsSentOverANewConnectionWhenPacketsAreDroppedUnderTheOldOne() throws Exception {
        try (SilentRelay relay = new SilentRelay(box.smtpPort())) {
            MailConnection connection =
                    connector.connection(TestAccounts.account(NOREPLY, relay.port(), box.imapsPort(), reading(READ)));
            connection.send(Messages.text(subject(), ORDERS));
            relay.silence();
            String subject = subject();
            long started = System.nanoTime();

            connection.send(Messages.text(subject, ORDERS));

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(READ);
            assertThat(received(ORDERS, subject)).isEqualTo(1);
            assertThat(accepted(NOREPLY, subject)).isEqualTo(1);
            assertThat(relay.connections()).isEqualTo(2);
        }
    }

    @Test
    void aFolderIsOpenedOverANewConnectionWhenPacketsAreDroppedUnderTheOldOne() throws Exception {
        try (SilentRelay relay = new SilentRelay(box.imapsPort())) {
            MailConnection connection =
                    connector.connection(TestAccounts.account(NOREPLY, box.smtpPort(), relay.port(), reading(READ)));
            connection.openFolder("INBOX", Folder.READ_ONLY).close();
            relay.silence();
            long started = System.nanoTime();

            connection.openFolder("INBOX", Folder.READ_ONLY).close();

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(READ);
        }
    }

    @Test
    void theWholeCallIsBoundedAndTold() throws Exception {
        try (SilentRelay relay = new SilentRelay(box.smtpPort())) {
            MailConnection connection =
                    connector.connection(TestAccounts.account(NOREPLY, relay.port(), box.imapsPort(), reading(READ)));
            connection.send(Messages.text(subject(), ORDERS));
            relay.silence();
            relay.refuse();

            Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)));

            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
            assertThat(diagnosis.details()).containsEntry("tries", "2");
            assertThat(millis(diagnosis)).as("the first try is part of it").isBetween(MILLIS / 4, MILLIS);
        }
    }

    @Test
    void aServerThatAnswersSlowlyEachTimeIsGivenUpWhenTheTimeOfTheCallIsOver() throws Exception {
        Duration read = Duration.ofSeconds(2);
        MailTimeouts timeouts = new MailTimeouts(Duration.ofSeconds(1), read, LONG);
        MailConnection connection =
                connector.connection(TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), timeouts));
        box.faults(new FaultPlan().delayMillis(1_500));

        Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TIMEOUT);
        assertThat(millis(diagnosis)).isGreaterThanOrEqualTo(2_900);
    }

    @Test
    void aTimeoutCostsOneReadTimeoutAndTheCloseNone() throws Exception {
        MailConnection connection = connector.connection(
                TestAccounts.account(NOREPLY, box.smtpPort(), box.imapsPort(), reading(Duration.ofSeconds(8))));
        box.faults(new FaultPlan().smtp("MAIL", "stall", "", -1));
        long started = System.nanoTime();

        Diagnosis diagnosis = diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)));

        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aRestedConnectionIsClosedSoonThoughTheServerIsSilent() throws Exception {
        try (SilentRelay smtp = new SilentRelay(box.smtpPort());
                SilentRelay imap = new SilentRelay(box.imapsPort())) {
            MailConnection connection =
                    connector.connection(TestAccounts.account(NOREPLY, smtp.port(), imap.port(), reading(LONG)));
            connection.send(Messages.text(subject(), ORDERS));
            Folder open = connection.openFolder("INBOX", Folder.READ_ONLY);
            assertThat(open.isOpen()).isTrue();
            smtp.silence();
            imap.silence();
            long started = System.nanoTime();

            connection.close();

            // A goodbye on both sides and a folder, which have five seconds each, or what is left of ten altogether.
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aConnectionThatSomebodyReadsFromIsClosedAtOnce() throws Exception {
        try (SilentRelay imap = new SilentRelay(box.imapsPort())) {
            MailConnection connection =
                    connector.connection(TestAccounts.account(NOREPLY, box.smtpPort(), imap.port(), reading(LONG)));
            Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY);
            imap.silence();
            CompletableFuture<Throwable> reader = new CompletableFuture<>();
            Thread hanging =
                    new Thread(() -> reader.complete(Failures.failureOf(() -> inbox.search(new SubjectTerm("news")))));
            hanging.setDaemon(true);
            hanging.start();
            await().until(() -> hanging.getState() == Thread.State.RUNNABLE && inSocket(hanging));
            long started = System.nanoTime();

            connection.close();

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
            await().until(reader::isDone);
        }
    }

    @Test
    void aLoginThatIsStillOnItsWayEndsWithItsConnection() throws Exception {
        try (BlackHole dead = new BlackHole(InetAddress.getLoopbackAddress(), 0)) {
            MailTimeouts timeouts = new MailTimeouts(LONG, LONG, LONG);
            MailConnection connection =
                    connector.connection(TestAccounts.account(NOREPLY, dead.port(), dead.port(), timeouts));
            List<CompletableFuture<DiagnosisCode>> waiting = List.of(
                    onItsWay(() -> connection.send(Messages.text(subject(), ORDERS))),
                    onItsWay(() -> connection.openFolder("INBOX", Folder.READ_ONLY)));

            connection.close();

            for (CompletableFuture<DiagnosisCode> told : waiting) {
                assertThat(told.get(30, TimeUnit.SECONDS)).isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
            }
        }
    }

    private static CompletableFuture<DiagnosisCode> onItsWay(ThrowingCallable work) {
        CompletableFuture<DiagnosisCode> told = new CompletableFuture<>();
        Thread caller = new Thread(() -> told.complete(diagnosisOf(work).code()));
        caller.setDaemon(true);
        caller.start();
        await().until(() -> in(caller, Dialer.class.getName()));
        return told;
    }

    @Test
    void aMessageThatTakesItsTimeToBeAppendedIsNotToldAsAFailure() throws Exception {
        Duration read = Duration.ofSeconds(3);
        MailConnection connection = connector.connection(TestAccounts.account(
                NOREPLY, box.smtpPort(), box.imapsPort(), new MailTimeouts(Duration.ofSeconds(1), read, LONG)));
        Folder inbox = connection.store().getFolder("INBOX");
        int before = inbox.getMessageCount();
        Message slow = new MimeMessage(Messages.text(subject(), ORDERS)) {
            @Override
            public void writeTo(OutputStream out, String[] without) throws IOException, MessagingException {
                long started = System.nanoTime();
                await().until(() ->
                        System.nanoTime() - started > read.plusMillis(1_500).toNanos());
                super.writeTo(out, without);
            }
        };

        inbox.appendMessages(new Message[] {slow});

        assertThat(inbox.getMessageCount()).isEqualTo(before + 1);
    }

    @Test
    void anAcceptanceThatDoesNotEndIsGivenUpAndItsOutcomeIsUnknown() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RecordingServer server = new RecordingServer(RecordingServer.smtp("\r\n250-AUTH XOAUTH2", (line, wire) -> {
            while (line.equals(".") && !waited(over)) {
                wire.say("250-2.0.0 Not yet");
            }
        }))) {
            MailConnection connection = connector.connection(MailAccount.of(
                    NOREPLY,
                    server.server("smtps"),
                    TestAccounts.server("imaps"),
                    new MailRoute(reading(Duration.ofSeconds(3)), Proxy.NO_PROXY, server.trust()),
                    new Authentication.Token(TestAccounts.tokenRequest()),
                    Map.of()));

            assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)))
                            .code())
                    .isEqualTo(DiagnosisCode.OUTCOME_UNKNOWN);
        } finally {
            over.countDown();
        }
    }

    private static boolean waited(CountDownLatch over) throws IOException {
        try {
            return over.await(300, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            throw new IOException(ended);
        }
    }

    private static boolean inSocket(Thread thread) {
        return in(thread, WireSocket.class.getName() + "$Patient");
    }

    private static boolean in(Thread thread, String name) {
        for (StackTraceElement call : thread.getStackTrace()) {
            if (call.getClassName().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
