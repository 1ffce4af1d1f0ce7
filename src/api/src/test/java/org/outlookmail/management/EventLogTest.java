package org.outlookmail.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.PropertyNames;

/** What an administrator finds in the log. */
@Tag("unit")
class EventLogTest {

    private static final Logger LOGGER = Logger.getLogger(EventLog.class.getName());
    private static final String ORDERS = "orders@contoso.com";

    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private long seconds;
    private final EventLog log = new EventLog(PropertyNames.STANDARD, () -> TimeUnit.SECONDS.toNanos(seconds));

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stop() {
        LOGGER.removeHandler(handler);
    }

    private long warnings() {
        return records.stream()
                .filter(entry -> entry.getLevel().equals(Level.WARNING))
                .count();
    }

    private static Diagnosis diagnosis(DiagnosisCode code) {
        return Diagnosis.of(code, "Made up.", Map.of());
    }

    @Test
    void aRefusedMessageLeavesALineOncePerCodeMailboxAndMinute() {
        for (int message = 0; message < 3; message++) {
            log.onMessageFailed(ORDERS, diagnosis(DiagnosisCode.RECIPIENT_REFUSED), message > 0);
        }
        assertThat(warnings()).isEqualTo(1);
        log.onMessageFailed("support@contoso.com", diagnosis(DiagnosisCode.RECIPIENT_REFUSED), false);
        log.onMessageFailed(ORDERS, diagnosis(DiagnosisCode.MESSAGE_TOO_LARGE), false);
        assertThat(warnings()).isEqualTo(3);
        seconds = 59;
        log.onMessageFailed(ORDERS, diagnosis(DiagnosisCode.RECIPIENT_REFUSED), true);
        assertThat(warnings()).isEqualTo(3);
        seconds = 60;
        log.onMessageFailed(ORDERS, diagnosis(DiagnosisCode.RECIPIENT_REFUSED), true);
        assertThat(warnings()).isEqualTo(4);
    }

    @Test
    void aFailureThatIsNotTheMessagesIsToldUntilItIsKnown() {
        log.onMessageFailed(ORDERS, diagnosis(DiagnosisCode.CONNECTION_LOST), false);
        log.onMessageFailed(ORDERS, diagnosis(DiagnosisCode.CONNECTION_LOST), true);
        assertThat(warnings()).isEqualTo(1);
    }

    @Test
    void aCacheThatFailsIsOneLineWithoutItsStackTrace() {
        log.onSharedCacheFailed(diagnosis(DiagnosisCode.TOKEN_CACHE_UNUSABLE), new IllegalStateException("no cluster"));
        log.onTokenStoreFailed(diagnosis(DiagnosisCode.TOKEN_STORE_UNUSABLE), new IllegalStateException("no table"));
        assertThat(records).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
            assertThat(entry.getThrown()).isNull();
        });
    }

    @Test
    void whatWorksIsNoNewsAndWhatWorksAgainIs() {
        log.onTokenObtained("somebody", Instant.parse("2026-01-02T03:04:05.678901Z"), Duration.ofMillis(7), false);
        log.onConnectionOpened(ORDERS, "smtp://localhost:587", Duration.ofMillis(7), false);
        assertThat(records).isEmpty();
        log.onTokenObtained("somebody", Instant.parse("2026-01-02T03:04:05.678901Z"), Duration.ofMillis(7), true);
        log.onConnectionOpened(ORDERS, "smtp://localhost:587", Duration.ofMillis(7), true);
        assertThat(records)
                .extracting(LogRecord::getMessage)
                .containsExactly(
                        "The identity provider gave a token for somebody again; it is good until 2026-01-02T03:04:05Z.",
                        "smtp://localhost:587 let orders@contoso.com in again after 7 ms.");
    }
}
