package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.mail.quota.Quotas;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** Connections, messages a minute and pauses of one mailbox, kept by two nodes that share a cache. */
@Tag("unit")
@ExtendWith(TestBox.class)
class MannersTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);

    /** A stalled connection cannot be closed before its time is up. */
    private static final MailTimeouts TIMEOUTS =
            new MailTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final ConcurrentHashMap<String, String> cache = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Quotas> nodes = new ArrayList<>();
    private final List<Cluster> clusters = new ArrayList<>();
    private final Quotas one = node("one");
    private final Quotas two = node("two");
    private final List<MailConnection> connections = new ArrayList<>();

    private Quotas node(String name) {
        return node(name, Clock.systemUTC(), threads);
    }

    private Quotas node(String name, Clock clock, Executor executor) {
        Cluster cluster = Cluster.of(
                SharedEntries.of(cache), new EntryKeys(Optional.empty(), Optional.empty()), name, Runnable::run, clock);
        Quotas node = new Quotas(cluster, executor, clock);
        clusters.add(cluster);
        nodes.add(node);
        return node;
    }

    @AfterEach
    void disconnect() throws Exception {
        connections.forEach(MailConnection::close);
        nodes.forEach(Quotas::close);
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        connector.close();
    }

    private MailConnection connection(Quotas node, QuotaLimits limits) {
        MailAccount account = TestAccounts.account(SUPPORT, box.smtpPort(), box.imapsPort(), TIMEOUTS);
        MailConnection connection = connector.connection(
                account,
                node.sending(SUPPORT, account.out().server(), limits),
                node.reading(SUPPORT, account.in().server(), limits));
        connections.add(connection);
        return connection;
    }

    private static QuotaLimits connections(int most, Duration patience) {
        return QuotaLimits.ofConnections(most, 0, 0, patience);
    }

    private static void send(MailConnection connection) throws Exception {
        connection.send(Messages.text(subject(), ORDERS));
    }

    @Test
    void anIdleConnectionOfAnotherNodeIsGivenUpToTheOneThatWaits() throws Exception {
        MailConnection first = connection(one, connections(1, PATIENT));
        send(first);
        MailConnection second = connection(two, connections(1, PATIENT));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> sendUnchecked(second), threads);
        await().until(() -> {
            connector.clock.advance(Duration.ofSeconds(1));
            clusters.forEach(Cluster::tick);
            return waiting.isDone();
        });

        waiting.get();
        assertThat(box.state().smtp().peakConnections(SUPPORT)).isEqualTo(1);
        assertThat(box.state().smtp().authentications()).isEqualTo(2);
    }

    private static void sendUnchecked(MailConnection connection) {
        try {
            send(connection);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void manyConnectionsOfOneNodeTakeTurns() throws Exception {
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            MailConnection connection = connection(i % 2 == 0 ? one : two, connections(2, PATIENT));
            sending.add(CompletableFuture.runAsync(
                    () -> {
                        for (int message = 0; message < 5; message++) {
                            sendUnchecked(connection);
                        }
                    },
                    threads));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            connector.clock.advance(Duration.ofMillis(300));
            clusters.forEach(Cluster::tick);
            return all.isDone();
        });

        all.get();
        assertThat(box.state().smtp().messages()).isEqualTo(30);
        // Perhaps one: whether two logins overlap is a matter of time.
        assertThat(box.state().smtp().peakConnections(SUPPORT)).isLessThanOrEqualTo(2);
        assertThat(box.state().smtp().authentications())
                .isEqualTo(box.state().smtp().connections());
    }

    @Test
    void whoeverWaitsTooLongIsToldWhoHoldsTheConnections() throws Exception {
        MailConnection holder = connection(one, connections(1, Duration.ZERO));
        box.faults(new FaultPlan().smtp("DATA", "stall", "", 1));
        CompletableFuture<Void> stalled = CompletableFuture.runAsync(() -> sendUnchecked(holder), threads);
        await().until(() ->
                box.state().smtp().connections() == 1 && box.state().smtp().authentications() == 1);

        Diagnosis diagnosis = diagnosisOf(() -> send(connection(two, connections(1, Duration.ofMillis(300)))));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAILBOX_BUSY);
        assertThat(diagnosis.details().get("holders")).startsWith("one has 1, the oldest for ");
        assertThat(box.state().smtp().connections()).isEqualTo(1);
        holder.close();
        assertThat(stalled).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aConnectionThatFailsOrClosesGivesItsPermitBack() throws Exception {
        MailConnection connection = connection(one, connections(1, Duration.ZERO));
        send(connection);
        connection.close();
        send(connection(two, connections(1, Duration.ZERO)));
        connections.get(1).close();
        box.faults(new FaultPlan().smtp("GREETING", "drop", "", 1));
        MailConnection third = connection(one, connections(1, Duration.ZERO));
        assertThat(diagnosisOf(() -> send(third)).code()).isEqualTo(DiagnosisCode.CONNECTION_LOST);
        send(connection(two, connections(1, Duration.ZERO)));
    }

    @Test
    void aConnectionIsClosedAfterAsManyMessagesAsConfigured() throws Exception {
        MailConnection connection = connection(one, QuotaLimits.ofConnections(1, 0, 3, Duration.ZERO));
        for (int i = 0; i < 7; i++) {
            send(connection);
        }
        assertThat(box.state().smtp().authentications()).isEqualTo(3);
        assertThat(box.state().smtp().peakConnections(SUPPORT)).isEqualTo(1);
    }

    @Test
    void messagesBeyondTheRateAreRefusedOnEveryNode() throws Exception {
        QuotaLimits limits = QuotaLimits.ofConnections(0, 2, 0, Duration.ZERO);
        send(connection(one, limits));
        send(connection(two, limits));

        Diagnosis diagnosis = diagnosisOf(() -> send(connection(one, limits)));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MESSAGE_RATE_REACHED);
        assertThat(box.state().smtp().messages()).isEqualTo(2);
        assertThat(box.state().smtp().connections())
                .as("the third never connected")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GREETING | 421 4.3.2 Service not available",
                "MAIL | 432 4.3.2 Concurrent connections limit exceeded",
                "RCPT | 450 4.7.1 Too many messages",
                "DATA | 421 4.3.2 The maximum number of concurrent connections has been exceeded",
                "DOT | 432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"
            })
    void aThrottledMessageGoesAfterThePauseOnce(String point, String reply) throws Exception {
        box.faults(new FaultPlan().smtp(point, "reply", reply, 1));
        MailConnection connection = connection(one, connections(3, PATIENT));
        String subject = subject();
        connection.send(Messages.text(subject, ORDERS));

        assertThat(TestBox.received(ORDERS, subject)).isEqualTo(1);
        assertThat(TestBox.accepted(SUPPORT, subject)).isEqualTo(1);
    }

    @Test
    void aPauseIsKeptByTheOtherNodeToo() throws Exception {
        MailConnection throttled = connection(one, connections(3, Duration.ZERO));
        Quotas second = node("second", Clock.systemUTC(), Runnable::run);
        MailConnection other = connection(second, connections(3, Duration.ZERO));
        send(other);
        box.faults(new FaultPlan().smtp("MAIL", "reply", "432 4.3.2 Suggested Backoff Time: 60000 milliseconds", 1));
        assertThat(diagnosisOf(() -> send(throttled)).code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        long connectionsBefore = box.state().smtp().connections();
        long commandsBefore = box.state().smtp().commands();

        clusters.forEach(Cluster::tick);
        for (MailConnection connection : List.of(throttled, other, connection(second, connections(3, Duration.ZERO)))) {
            Diagnosis diagnosis = diagnosisOf(() -> send(connection));
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_PAUSED);
            assertThat(diagnosis.details()).containsKey("pausedUntil");
        }
        assertThat(box.state().smtp().connections()).isEqualTo(connectionsBefore);
        assertThat(box.state().smtp().commands()).isEqualTo(commandsBefore);
    }

    @Test
    void aPauseIsKeptAlsoWhenTheCacheForgetsIt() throws Exception {
        MailConnection connection = connection(one, connections(3, Duration.ZERO));
        send(connection);
        box.faults(new FaultPlan().smtp("MAIL", "reply", "432 4.3.2 Concurrent connections limit exceeded", 1));
        assertThat(diagnosisOf(() -> send(connection)).code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        cache.clear();
        clusters.forEach(Cluster::tick);
        assertThat(diagnosisOf(() -> send(connection)).code()).isEqualTo(DiagnosisCode.MAIL_PAUSED);
    }

    @Test
    void aThrottledFolderIsOpenedAfterTheBackoffThatTheServerSuggests() throws Exception {
        MailConnection connection = connection(one, connections(3, PATIENT));
        box.faults(new FaultPlan()
                .imap("SELECT", "reply", "NO Request is throttled. Suggested Backoff Time: 300 milliseconds", 1));
        connection.openFolder("INBOX", Folder.READ_WRITE).close();

        box.faults(new FaultPlan()
                .imap("SELECT", "reply", "NO Request is throttled. Suggested Backoff Time: 90000 milliseconds", 1));
        assertThat(diagnosisOf(() -> connection.openFolder("INBOX", Folder.READ_WRITE))
                        .code())
                .isEqualTo(DiagnosisCode.MAIL_THROTTLED);
    }

    @Test
    void aBackoffThatIsOverAtOnceGivesNobodyMoreTime() throws Exception {
        // Whatever is looked up in the cluster's cache takes longer than that.
        Quotas remote = node("remote", new HurryingClock(), threads);
        MailConnection connection = connection(remote, connections(3, Duration.ZERO));
        box.faults(new FaultPlan().smtp("MAIL", "reply", "432 4.3.2 Suggested Backoff Time: 1 milliseconds", 100));

        assertThat(diagnosisOf(() -> send(connection)).code()).isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        box.faults(new FaultPlan().imap("SELECT", "reply", "NO Suggested Backoff Time: 1 milliseconds", 100));
        assertThat(diagnosisOf(() -> connection.openFolder("INBOX", Folder.READ_ONLY))
                        .code())
                .isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        assertThat(box.state().smtp().commands()).as("no second try").isLessThan(20);
    }

    /** Five milliseconds pass between two looks at it. */
    private static final class HurryingClock extends Clock {

        private final AtomicLong millis = new AtomicLong(System.currentTimeMillis());

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.addAndGet(5));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void whoeverWaitsIsToldWhenTheAdapterStops() throws Exception {
        MailConnection holder = connection(one, connections(1, Duration.ZERO));
        box.faults(new FaultPlan().smtp("DATA", "stall", "", 1));
        CompletableFuture<Void> stalled = CompletableFuture.runAsync(() -> sendUnchecked(holder), threads);
        await().until(() -> box.state().smtp().authentications() == 1);
        MailConnection waiting = connection(two, connections(1, Duration.ofMinutes(5)));
        AtomicReference<Thread> waitingThread = new AtomicReference<>();
        CompletableFuture<DiagnosisCode> told = CompletableFuture.supplyAsync(
                () -> {
                    waitingThread.set(Thread.currentThread());
                    return diagnosisOf(() -> send(waiting)).code();
                },
                threads);
        await().until(() -> waitingThread.get() != null
                && waitingThread.get().getState() == Thread.State.TIMED_WAITING
                && waitsForItsTurn(waitingThread.get()));

        two.close();
        assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        holder.close();
        assertThat(stalled).failsWithin(Duration.ofSeconds(30));
    }

    /** For a connection, for the rate, for the end of a pause. */
    @ParameterizedTest
    @ValueSource(strings = {"connection", "rate", "pause"})
    void aThreadThatIsInterruptedWhileItWaitsForItsTurnIsToldSoAndStaysInterrupted(String what) throws Exception {
        Duration patience = Duration.ofMinutes(5);
        MailConnection waiting =
                connection(one, QuotaLimits.ofConnections(1, what.equals("rate") ? 1 : 0, 0, patience));
        if (what.equals("connection")) {
            send(connection(two, connections(1, Duration.ZERO)));
        } else if (what.equals("rate")) {
            send(waiting);
        } else {
            box.faults(new FaultPlan().smtp("RCPT", "reply", "432 4.3.2 Concurrent connections limit exceeded", -1));
        }
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Diagnosis> told = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            told.complete(diagnosisOf(() -> send(waiting)));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING && waitsForItsTurn(thread));

        thread.interrupt();

        assertThat(told.get(10, TimeUnit.SECONDS).code()).isEqualTo(DiagnosisCode.INTERRUPTED);
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean waitsForItsTurn(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(call -> call.getClassName().startsWith(Quotas.class.getPackageName()));
    }
}
