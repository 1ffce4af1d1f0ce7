package org.outlookmail.mail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.accepted;
import static org.outlookmail.testkit.TestBox.subject;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Connector;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.Messages;
import org.outlookmail.mail.TestAccounts;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.DeafProxy;
import org.outlookmail.testkit.TestBox;

/** Writes that hang are ended by {@link WriteTimeouts#tick}, and by nothing else: no thread is started for them. */
@Tag("unit")
@ExtendWith(TestBox.class)
class WriteTimeoutsTest {

    private final Sandbox box = TestBox.box();
    private final WriteTimeouts timeouts = new WriteTimeouts();

    @Test
    void aWriteThatHangsIsEndedByTheTickAndNothingStaysPending() throws Exception {
        Duration patience = Duration.ofSeconds(20);
        MailTimeouts times = new MailTimeouts(patience, patience, Duration.ofSeconds(2));
        ScheduledExecutorService caller = Executors.newSingleThreadScheduledExecutor();
        try (Connector connector = new Connector();
                DeafProxy proxy = new DeafProxy(box.smtpPort())) {
            MailConnection connection =
                    connector.connection(TestAccounts.account(NOREPLY, proxy.port(), box.imapsPort(), times));
            connection.send(Messages.text(subject(), ORDERS));
            assertThat(connector.writeTimeouts.pending()).isZero();
            proxy.goDeafAfter(100_000);
            String subject = subject();
            CompletableFuture<Diagnosis> failure = CompletableFuture.supplyAsync(
                    () -> diagnosisOf(() -> connection.send(Messages.withAttachment(subject, 20_000_000, ORDERS))),
                    caller);
            await().until(() -> connector.writeTimeouts.pending() == 1);
            Diagnosis diagnosis = await().atMost(patience)
                    .until(
                            () -> {
                                connector.writeTimeouts.tick();
                                return failure.getNow(null);
                            },
                            found -> found != null);
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_TIMEOUT);
            assertThat(Long.parseLong(diagnosis.details().get("elapsedMillis"))).isGreaterThanOrEqualTo(2_000);
            assertThat(connector.writeTimeouts.pending()).isZero();
            assertThat(accepted(NOREPLY, subject)).isZero();
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void aWriteInTimeLeavesNothingBehindAndNeedsNoTick() throws Exception {
        try (Connector connector = new Connector()) {
            MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
            connection.send(Messages.withAttachment(subject(), 1_000_000, ORDERS));
            assertThat(connector.writeTimeouts.pending()).isZero();
        }
    }

    @Test
    void aDeadlineRunsOnceWhenItIsDueAndNotBefore() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<Integer> late = timeouts.schedule(runs::incrementAndGet, 1, TimeUnit.HOURS);
        ScheduledFuture<Integer> due = timeouts.schedule(runs::incrementAndGet, 0, TimeUnit.MILLISECONDS);
        assertThat(runs).as("nothing runs without a tick").hasValue(0);
        timeouts.tick();
        timeouts.tick();
        assertThat(runs).hasValue(1);
        assertThat(due.get()).isEqualTo(1);
        assertThat(late.isDone()).isFalse();
        assertThat(late.getDelay(TimeUnit.MINUTES)).isBetween(58L, 60L);
        assertThat(timeouts.pending()).isEqualTo(1);
    }

    @Test
    void aCancelledDeadlineIsForgottenAndNeverRuns() {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> cancelled = timeouts.schedule(runs::incrementAndGet, 0, TimeUnit.MILLISECONDS);
        cancelled.cancel(true);
        assertThat(timeouts.pending()).isZero();
        timeouts.tick();
        assertThat(runs).hasValue(0);
    }

    @Test
    void aDeadlineThatFailsDoesNotKeepTheOthersFromRunning() {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> failing = timeouts.schedule(
                () -> {
                    throw new IllegalStateException("the socket cannot be closed");
                },
                0,
                TimeUnit.MILLISECONDS);
        ScheduledFuture<?> other = timeouts.schedule(runs::incrementAndGet, 0, TimeUnit.MILLISECONDS);
        timeouts.tick();
        assertThat(other.isDone()).isTrue();
        assertThat(runs).hasValue(1);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(failing::get)
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(timeouts.pending()).isZero();
    }

    @Test
    void aConnectionThatShutsItDownDoesNotDisturbTheOthers() {
        timeouts.shutdown();
        assertThat(timeouts.shutdownNow()).isEmpty();
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> other = timeouts.schedule(runs::incrementAndGet, 0, TimeUnit.MILLISECONDS);
        timeouts.tick();
        assertThat(other.isDone()).isTrue();
        assertThat(runs).hasValue(1);
        assertThat(timeouts.isShutdown()).isFalse();
    }

    @Test
    void itIsNoThreadPool() {
        Runnable nothing = () -> {};
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> timeouts.execute(nothing));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> timeouts.scheduleAtFixedRate(nothing, 0, 1, TimeUnit.SECONDS));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> timeouts.scheduleWithFixedDelay(nothing, 0, 1, TimeUnit.SECONDS));
        assertThat(timeouts.pending()).isZero();
    }
}
