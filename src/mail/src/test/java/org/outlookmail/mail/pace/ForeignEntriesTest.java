package org.outlookmail.mail.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.SharedEntries;

/** Whoever can write into the cluster's cache cannot stop a mailbox for longer than the entry would be one of ours. */
@Tag("unit")
class ForeignEntriesTest {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final String FAR = "999999999999999999";

    private final Map<String, String> cache = new ConcurrentHashMap<>();
    private final SharedTexts texts = new SharedTexts(() -> SharedEntries.of(cache));

    @ParameterizedTest
    @ValueSource(strings = {FAR + "|1", "1777975200000|1", "99999999999999999999|1", "-1|1", "x", "|", ""})
    void aPauseWithoutAnEndIsNone(String entry) {
        ServerPause pause = new ServerPause(texts, "pause");
        cache.put("pause", entry);
        pause.refresh(NOW);
        assertThat(pause.until()).isBefore(NOW);

        pause.begin(Diagnosis.of(DiagnosisCode.MAIL_THROTTLED, "Throttled.", Map.of()), NOW);
        assertThat(pause.until()).isEqualTo(NOW.plus(ServerPause.FIRST));
    }

    @Test
    void aPauseThatAnotherNodeNotedIsObeyed() {
        ServerPause pause = new ServerPause(texts, "pause");
        Instant end = NOW.plus(Duration.ofMinutes(10));
        cache.put("pause", end.toEpochMilli() + "|1");
        pause.refresh(NOW);
        assertThat(pause.until()).isEqualTo(end);
    }

    @Test
    void aPermitWithoutAnEndIsHeldByNobody() {
        Permits permits = new Permits(texts, "permits", 1);
        cache.put("permits", "h|intruder|nowhere|0|" + FAR + "\nw|queue|nowhere|0|" + FAR);
        assertThat(permits.take("mine", "here", NOW)).isTrue();
        assertThat(permits.told(NOW)).isEqualTo("here has 1, the oldest for 0 s; 0 waiting");
    }

    @Test
    void aMessageOfAnotherCenturyTakesNobodysTurn() {
        MessageWindow window = new MessageWindow(texts, "window", 2);
        cache.put("window", "999999999999:999999999");
        assertThat(window.reserve(NOW, Duration.ofSeconds(1))).contains(NOW);
    }
}
